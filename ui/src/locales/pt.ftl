# Brazilian Portuguese. People are addressed with “você”.
# approve = aprovar, deny = recusar, request = solicitação, account = conta, factor = fator, key = chave,
# keychain = chaveiro, site = site, enrolment link = link de registro, vault = cofre.

## Names and places

app-name = Countersign
place-inbox = Entrada
place-inbox-count =
    { $count ->
        [one] Entrada, { $count } solicitação para responder
       *[other] Entrada, { $count } solicitações para responder
    }
place-factors = Fatores
place-settings = Configurações
place-history = Histórico
nav-label = Seções
add-account = Adicionar conta
cancel = Cancelar
dismiss = Dispensar
check-now = Verificar agora
checking = Verificando…
try-again = Tentar de novo
loading = Abrindo o Countersign…

## Connection, in the header

status-online = Verificado: { $time }
status-never = Ainda não verificado
status-offline = Sem conexão
status-paused = Não verifica por conta própria

## Time

time-left = Restam { $time }
time-left-hurry =
    { $seconds ->
        [one] Falta só { $seconds } segundo
       *[other] Faltam só { $seconds } segundos
    }
day-today = Hoje
day-yesterday = Ontem
duration-seconds =
    { $count ->
        [one] { $count } segundo
       *[other] { $count } segundos
    }
duration-minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
duration-hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
duration-days =
    { $count ->
        [one] { $count } dia
       *[other] { $count } dias
    }

## Said to screen readers

announce-arrival = Nova solicitação de { $requester }. Tempo restante: { $time }.
announce-left = Solicitação de { $requester }. Tempo restante: { $time }.
announce-expired = A solicitação de { $requester } expirou. Nada foi aprovado.

## Inbox

inbox-list = Solicitações
inbox-empty-title = Nenhuma solicitação
inbox-empty-checked = Última verificação: { $time }
inbox-empty-never = Ainda não verificado
inbox-empty-hint = Quando um site pedir sua aprovação, ela aparecerá aqui.
inbox-accounts = Aguardando pedidos de
inbox-back = Voltar à entrada

burst-count = { $count } iguais em pouco tempo
burst-unfold = Mostrar todas
burst-fold = Mostrar uma
burst-unfold-of = Mostrar cada uma das { $count } solicitações de { $requester }
burst-fold-of = Mostrar uma só para as { $count } solicitações de { $requester }
burst-title = { $count } solicitações com as mesmas palavras chegaram em pouco tempo
burst-advice = Alguém pode esperar que você aprove uma só para ser deixado em paz. Se você não as iniciou, escolha “Não fui eu”.

## Banners

banner-offline = Sem conexão desde { $time }
banner-offline-age = O que você vê é de { $age } atrás. Nada pode ser aprovado nem recusado até a conexão voltar.
banner-offline-unknown = Nada pode ser aprovado nem recusado até a conexão voltar.
banner-clock =
    { $direction ->
        [slow] O relógio deste computador está { $difference } atrasado em relação ao de { $host }
       *[fast] O relógio deste computador está { $difference } adiantado em relação ao de { $host }
    }
banner-clock-advice = O tempo restante segue o relógio do servidor, então você pode continuar. Se o relógio deste computador estiver errado, ajuste-o nas configurações do sistema, ou as respostas poderão ser recusadas.
banner-paused = Outro Countersign já está verificando as solicitações
banner-paused-advice = Esta janela mostra o que ele encontra. “Verificar agora” continua funcionando.

## A request

request-asks = pede sua aprovação
request-from-label = Solicitação de { $requester }
request-quote = { $requester } escreveu
request-no-message = { $requester } não enviou mensagem com esta solicitação.
request-account = Conta
request-identity = Identidade
request-asked = Pedido
request-asked-value = { $asked }, expira: { $expires }
request-date = Data
request-details = Detalhes de { $requester }
request-twins =
    { $count ->
        [one] Pedido mais { $count } vez para a mesma ação; uma resposta vale para ambos.
       *[other] Pedido mais { $count } vezes para a mesma ação; uma resposta vale para todos.
    }
request-unsigned-title = Sua assinatura não cobre estes detalhes
request-unsigned = { $host } os deixou fora do que é assinado. Mais tarde, poderia alegar que você aprovou outra coisa. Aprove somente se confiar em { $host } quanto a isso.
request-field-unsigned = Não coberto pela sua assinatura
request-hidden-characters = Contém caracteres invisíveis, mostrados como �
request-changed-title = Esta solicitação mudou depois de ser mostrada a você
request-changed = Nada foi assinado. Leia-a de novo abaixo antes de responder.
request-field-changed = Alterado
request-show-all = Mostrar tudo
request-show-less = Mostrar menos
request-show-all-of = Mostrar tudo: { $label }
request-show-less-of = Mostrar menos: { $label }
request-technical = Detalhes técnicos
request-signed-fields = A assinatura cobre
request-signed-none = nada do que foi indicado
request-challenge = Desafio
request-factor = Fator
request-service = Serviço
request-api-account = Conta da API
request-digest = Resumo do que é mostrado

## Answering

approve = Aprovar
deny = Recusar
decision-label = Sua resposta
decision-approving = Assinando e enviando sua aprovação…
decision-denying = Assinando e enviando sua recusa…
decision-reporting = Recusando e denunciando…
not-me = Não fui eu
number-label = Digite o número mostrado onde você está entrando
number-digits =
    { $count ->
        [one] { $count } dígito
       *[other] { $count } dígitos
    }
number-digits-unknown = 2 a 8 dígitos
number-checked-server = conferido pelo servidor
number-checked-app = conferido por este aplicativo
number-tries =
    { $count ->
        [one] resta { $count } tentativa
       *[other] restam { $count } tentativas
    }
number-none = Não há nenhum número? Então recuse.
number-typed =
    { $count ->
        [one] { $count } dígito digitado
       *[other] { $count } dígitos digitados
    }
report-again = Denunciar de novo
report-question = Foi você quem iniciou isto?
report-mine = Fui eu, cancelar
report-note = Algo que { $requester } deva saber? (opcional)
report-note-over =
    { $count ->
        [one] { $count } caractere a mais
       *[other] { $count } caracteres a mais
    }
report-note-left =
    { $count ->
        [one] { $count } caractere restante
       *[other] { $count } caracteres restantes
    }
decision-blocked-offline = Não é possível conectar a { $host }, então nenhuma resposta pode ser enviada. Respostas nunca são guardadas para depois.
decision-blocked-opening = Um momento: buscando a versão mais recente em { $host }.
decision-blocked-unread = Não foi possível buscar a versão mais recente, então ainda não dá para responder.
decision-blocked-revoked = { $host } não aceita mais a chave deste computador.
decision-blocked-key = A chave desta conta não existe mais, então nada pode ser assinado com ela.
open-factors = Abrir Fatores

## How a request ended

ended-approved = Aprovada
ended-approved-line = Aprovada · { $time } · assinada com a chave deste computador
ended-approved-detail = { $requester } tem sua resposta assinada.
ended-denied = Recusada
ended-denied-line = Recusada.
ended-denied-detail = { $requester } foi informado às { $time }. Nada foi aprovado.
ended-wrongNumbers = Recusada
ended-wrongNumbers-line = Recusada após três números errados.
ended-wrongNumbers-detail = Nada foi aprovado. Se ainda quiser isto, peça a { $requester } que envie de novo.
ended-reported-server = Denunciada
ended-reported-server-line = Recusada e denunciada a { $requester }.
ended-reported-server-detail = { $requester } foi informado às { $time } de que não foi você. Alguém pode saber sua senha: mude-a lá.
ended-reported-address = Recusada
ended-reported-address-line = Recusada. Ninguém foi informado do motivo ainda.
ended-reported-address-detail = { $requester } não recebe denúncias daqui, mas indica este endereço para elas. Abra-o no navegador e mude sua senha em { $requester }.
ended-reported-nobody = Recusada
ended-reported-nobody-line = Recusada. Ninguém foi informado do motivo.
ended-reported-nobody-detail = { $requester } não recebe denúncias daqui. Avise você mesmo e mude sua senha lá: alguém pode sabê-la.
ended-reported-failed = Recusada
ended-reported-failed-line = Recusada, mas a denúncia não chegou.
ended-reported-failed-detail = Nada foi aprovado. { $requester } ainda não sabe que não foi você.
ended-expired = Expirada
ended-expired-line = Expirou às { $time }. Nada foi aprovado.
ended-expired-detail = Se ainda quiser isto, peça a { $requester } que envie de novo.
ended-unconfirmed = Não confirmada
ended-unconfirmed-line = Expirou às { $time }. Não se sabe se sua resposta chegou.
ended-unconfirmed-detail = Ela estava sendo enviada quando a conexão caiu. Veja o histórico quando for possível conectar ao servidor, ou pergunte a { $requester }.
ended-elsewhere-approved = Respondida em outro lugar
ended-elsewhere-approved-line = Aprovada em outro dispositivo.
ended-elsewhere-approved-detail = Não foi respondida neste computador. Se não foi você, avise { $requester } agora.
ended-elsewhere-denied = Respondida em outro lugar
ended-elsewhere-denied-line = Recusada em outro dispositivo.
ended-elsewhere-denied-detail = Não foi respondida neste computador. Nada foi aprovado.
ended-elsewhere-unknown = Respondida em outro lugar
ended-elsewhere-unknown-line = Já respondida em outro dispositivo.
ended-elsewhere-unknown-detail = Nada foi enviado deste computador. A resposta está no histórico.
ended-withdrawn = Retirada
ended-withdrawn-line = { $requester } retirou esta solicitação.
ended-withdrawn-detail = Nada foi aprovado.

## Errors: what happened, whether anything was approved, what to do

error-code = Código: { $code }
error-during-link = Nada foi adicionado e nada foi enviado.
error-during-enrol = A conta não foi adicionada.
error-during-remove = A conta não foi removida.
error-linkInvalid = Isto não é um link de registro
error-linkInvalid-advice = Copie o link inteiro do site, de countersign:// até o fim, e cole-o de novo.
error-linkOneTimeCode = Isto é um código para senhas de uso único
error-linkOneTimeCode-advice = O Countersign não as usa. Use um aplicativo de códigos de uso único ou peça ao site uma aprovação por push.
error-linkOtherKind = Este link é para outro tipo de dispositivo
error-linkOtherKind-advice = Peça ao site um registro que aprove por push.
error-linkTooNew = Este link é mais novo que este Countersign
error-linkTooNew-advice = Atualize o Countersign e abra o link de novo.
error-linkInsecure = O endereço deste link não é seguro
error-linkInsecure-advice = Não o use. Peça ao site um link cujo servidor comece com https.
error-linkUsedOrExpired = Este link já foi usado ou expirou
error-linkUsedOrExpired-advice = Obtenha um novo no site. Se não foi você quem usou o antigo, avise o site de que foi outra pessoa.
error-notFound = Esta solicitação não existe mais
error-notFound-what = Nada foi aprovado.
error-notFound-advice = Se ainda quiser isto, peça ao site que envie de novo.
error-notFound-remove = Esta conta não está mais neste computador
error-notFound-remove-what = Não havia nada a remover.
error-notFound-remove-advice = Não é preciso fazer mais nada.
error-expired = Esta solicitação expirou
error-expired-what = Nada foi aprovado.
error-expired-advice = Se ainda quiser isto, peça ao site que envie de novo.
error-alreadyAnswered = Esta solicitação já foi respondida
error-alreadyAnswered-what = Nada foi enviado deste computador.
error-alreadyAnswered-advice = A resposta está no histórico.
error-changedSinceShown = Esta solicitação mudou depois de ser mostrada a você
error-changedSinceShown-what = Nada foi assinado.
error-changedSinceShown-advice = Leia-a de novo antes de responder.
error-numberNeeded = Esta solicitação é aprovada com um número
error-numberNeeded-what = Nada foi aprovado.
error-numberNeeded-advice = Digite o número mostrado onde você a iniciou.
error-wrongNumber = Esse não é o número
error-wrongNumber-what =
    { $count ->
        [one] Nada foi aprovado. Resta { $count } tentativa; depois dela, a solicitação é recusada.
       *[other] Nada foi aprovado. Restam { $count } tentativas.
    }
error-wrongNumber-advice = Olhe de novo onde você iniciou a solicitação.
error-wrongNumberDenied = Por três vezes não foi o número
error-wrongNumberDenied-what = A solicitação foi recusada. Nada foi aprovado.
error-wrongNumberDenied-advice = Se ainda quiser isto, peça ao site que envie de novo.
error-numberLocked = Números errados demais
error-numberLocked-what = Nada foi aprovado. Por enquanto, o servidor não aceita mais números deste computador.
error-numberLocked-advice = Tente de novo amanhã ou entre de outra forma. Recusar ainda é possível.
error-presenceRefused = Não foi confirmado que é você
error-presenceRefused-what = Nada foi aprovado e nada foi alterado.
error-presenceRefused-advice = Tente de novo e responda quando o sistema perguntar.
error-presenceUnavailable = Este computador não consegue confirmar que é você
error-presenceUnavailable-what = Nada foi aprovado e nada foi alterado.
error-presenceUnavailable-advice = Defina um PIN nas Configurações. Se uma conta já pede confirmação, remova-a em Fatores e adicione-a de novo pelo site.
error-pinNeeded = Isto precisa do seu PIN
error-pinNeeded-what = Nada foi aprovado e nada foi alterado.
error-pinNeeded-advice = Digite seu PIN do Countersign.
error-pinWrong = Esse não é o PIN
error-pinWrong-what =
    { $seconds ->
        [0] Nada foi aprovado e nada foi alterado. { $count ->
            [one] Resta { $count } tentativa.
           *[other] Restam { $count } tentativas.
        }
       *[other] Nada foi aprovado e nada foi alterado. Depois de erros demais, nenhum PIN é aceito por { $seconds } segundos.
    }
error-pinWrong-advice = Se você o esqueceu, remova suas contas e adicione-as de novo pelos sites.
error-pinLength = Um PIN tem de 6 a 128 caracteres
error-pinLength-what = Nada foi aprovado e nada foi alterado.
error-pinLength-advice = Escolha outro.
error-pinStillNeeded = O PIN ainda é necessário
error-pinStillNeeded-what = Nada foi aprovado, e o PIN não foi removido.
error-pinStillNeeded-advice = Uma conta pede confirmação, e este computador não tem outro meio para isso. Desative isso primeiro.
error-offline = Não é possível conectar ao servidor
error-offline-what = Nada foi enviado.
error-offline-approve-what = Sua aprovação não está confirmada e não é guardada para depois.
error-offline-deny-what = Sua recusa não está confirmada.
error-offline-report-what = Sua recusa não está confirmada, e nada foi denunciado.
error-offline-advice = Verifique a conexão e tente de novo.
error-clock = O servidor não aceitou o relógio deste computador
error-clock-what = Nada foi aprovado.
error-clock-advice = Deixe a data e a hora no automático nas configurações do sistema e tente de novo.
error-keychainMissing = Este computador não tem um chaveiro para guardar chaves
error-keychainMissing-what = Nada foi aprovado e nenhuma chave foi criada.
error-keychainMissing-advice = Instale e inicie um chaveiro, como o GNOME Keyring ou o KWallet, e tente de novo.
error-keychainLocked = O chaveiro está bloqueado
error-keychainLocked-what = Nada foi aprovado.
error-keychainLocked-advice = Desbloqueie-o e tente de novo.
error-keychainRefused = O chaveiro não permitiu usar a chave
error-keychainRefused-what = Nada foi aprovado.
error-keychainRefused-advice = Permita o Countersign quando o sistema perguntar e tente de novo.
error-keyLost = A chave desta conta não está mais neste computador
error-keyLost-what = Nada foi aprovado, e esta chave não pode ser recuperada.
error-keyLost-advice = Remova a conta em Fatores e adicione-a de novo pelo site.
error-refused = O servidor recusou isto
error-refused-what = Nada foi aprovado.
error-refused-advice = Tente de novo. Se continuar, avise o site e informe o código abaixo.
error-factorRevoked = O site não aceita mais a chave deste computador
error-factorRevoked-what = Nada foi aprovado.
error-factorRevoked-advice = Remova a conta em Fatores. Se ainda precisar dela, adicione-a de novo pelo site.
error-locked = O Countersign está bloqueado
error-locked-what = Nada foi aprovado.
error-locked-advice = Desbloqueie-o e tente de novo.
error-lockUnavailable = Este computador não consegue descobrir quem o está usando
error-lockUnavailable-what = Nada foi bloqueado nem desbloqueado, e nada foi aprovado.
error-lockUnavailable-advice = Defina um PIN nas configurações e tente de novo.
error-choiceInvalid = Este valor não pode ser usado
error-choiceInvalid-what = Nada foi alterado e nada foi aprovado.
error-choiceInvalid-advice = Escolha outro.
error-autostartRefused = O sistema não aceitou isto
error-autostartRefused-what = O Countersign inicia como antes. Nada foi aprovado.
error-autostartRefused-advice = Adicione ou remova o Countersign na lista do sistema de programas que iniciam sozinhos.
error-storage = O Countersign não consegue ler ou gravar os próprios dados
error-storage-what = Nada foi aprovado.
error-storage-advice = Verifique se o disco não está cheio e se os arquivos pertencem a você, e tente de novo.
error-storageTooNew = Estes dados foram gravados por um Countersign mais novo
error-storageTooNew-what = Nada foi aprovado e nada foi alterado.
error-storageTooNew-advice = Atualize o Countersign; um mais antigo não consegue lê-los.
error-storageDamaged = Os dados do Countersign estão danificados
error-storageDamaged-what = Nada foi aprovado.
error-storageDamaged-advice = Restaure o perfil a partir de uma cópia, ou remova-o e adicione suas contas de novo.
error-storageOutdated = Este Countersign usa um banco de dados antigo demais
error-storageOutdated-what = Nada foi aprovado.
error-storageOutdated-advice = Instale o Countersign de novo a partir do pacote dele.
error-keyUnclear = Não dá para distinguir a chave desta conta das outras
error-keyUnclear-what = Nada foi aprovado. O chaveiro tem mais de uma entrada para ela, ou uma danificada.
error-keyUnclear-advice = Remova a conta em Fatores e adicione-a de novo pelo site.
error-vaultLocked = A frase secreta do cofre está faltando ou está errada
error-vaultLocked-what = Nada foi aprovado.
error-vaultLocked-advice = Coloque a frase secreta certa no arquivo indicado por COUNTERSIGN_VAULT_PASSPHRASE_FILE e tente de novo.
error-vaultMissing = O arquivo do cofre não está lá
error-vaultMissing-what = Nada foi aprovado.
error-vaultMissing-advice = Coloque o arquivo de volta no lugar e tente de novo.
error-vaultUnusable = O arquivo do cofre não pode ser usado
error-vaultUnusable-what = Nada foi aprovado.
error-vaultUnusable-advice = Verifique se o arquivo pertence só a você e se pode ser lido e gravado, e tente de novo.
error-vaultDamaged = O arquivo do cofre está danificado
error-vaultDamaged-what = Nada foi aprovado.
error-vaultDamaged-advice = Restaure o arquivo a partir de uma cópia, ou remova-o e adicione suas contas de novo.
error-vaultFull = O cofre está cheio
error-vaultFull-what = Nada foi aprovado e nenhuma chave foi criada.
error-vaultFull-advice = Remova uma conta de que não precisa mais e tente de novo.
error-internal = Algo deu errado dentro do Countersign
error-internal-what = Nada foi confirmado como aprovado.
error-internal-advice = Tente de novo. Se continuar, reinicie o Countersign.

## Add account

add-title = Adicionar conta
add-intro = O site para o qual você quer aprovar mostra um link de registro. Copie-o lá e cole-o aqui.
add-link = Link de registro
add-link-hint = Começa com countersign:// e funciona uma vez, por alguns minutos.
add-continue = Continuar
add-reading = Lendo o link…
confirm-title = Adicionar esta conta?
confirm-host = Este link pertence a
confirm-host-unicode = Parece { $unicode }
confirm-punycode-title = Este endereço está escrito com letras estrangeiras
confirm-punycode = Ele pode imitar outro. Compare-o letra por letra com o site que você tinha em mente.
confirm-loopback = Um servidor neste computador. Bom para fazer testes.
confirm-cloud = Um serviço de nuvem que muitos sites compartilham. Ele não prova qual site criou este link.
confirm-issuer = Site
confirm-account = Conta
confirm-identity = Identidade
confirm-claimed = segundo o link
confirm-later = conhecida depois que você continuar
confirm-created = Será criada
confirm-created-value = Uma nova chave de assinatura, só para esta conta
confirm-key = A chave ficará em
confirm-key-value = { $location }; o Countersign nunca a envia a lugar nenhum
key-place-keyring = o chaveiro desta área de trabalho
key-place-macKeychain = o chaveiro do macOS
key-place-credentialManager = o Gerenciador de Credenciais do Windows
key-place-vault = um arquivo criptografado com sua frase secreta
key-place-memory = a memória, até o programa terminar
confirm-only = Continue somente se você mesmo acabou de iniciar isto e confia em { $host }.
confirm-only-cloud = Continue somente se você mesmo iniciou isto, em um site em que confia.
confirm-add = Adicionar conta
confirm-adding = Criando a chave e avisando { $host }…
added-title = { $name } foi adicionado
added-line = A partir de agora, as solicitações de { $host } aparecerão na entrada.
added-key = A chave foi criada neste computador e fica aqui: { $location }.
added-inbox = Ir para a entrada
added-another = Adicionar outra

## Factors

factors-title = Fatores
factors-intro = Cada fator é uma chave neste computador que um site aceita como sua resposta.
factors-empty-title = Ainda não há fatores
factors-empty-hint = Adicione uma conta para criar o primeiro.
factor-server = Servidor
factor-identity = Identidade
factor-key = A chave está em
factor-added = Adicionado
factor-contact = Último contato
factor-never = nunca
factor-remove = Remover
factor-remove-name = Remover { $name }
factor-online = Conectado
factor-offline = Sem conexão desde { $time }
factor-skewed = O relógio difere em { $difference }
factor-signed-out = Chave não é mais aceita
factor-signed-out-advice = O site removeu este fator. Remova-o aqui; se ainda precisar dele, adicione-o de novo pelo site.
factor-never-checked = Ainda não verificado
factor-unverified = Não concluído
factor-unverified-advice = A adição desta conta foi interrompida. O Countersign a conclui quando for possível conectar ao servidor.
remove-title = Remover { $name }?
remove-line = A chave de { $account } em { $host } será apagada deste computador e não poderá ser recuperada.
remove-advice = Certifique-se de que você ainda consegue entrar lá de outra forma.
remove-confirm = Remover e apagar a chave
removing = Removendo…
removed = { $name } foi removido. { $host } foi informado.
removed-untold = { $name } foi removido deste computador. Ainda não foi possível informar { $host }; o Countersign fará isso quando conseguir conectar.

## History

history-title = Histórico
history-intro = O que pediram a você e como terminou.
history-empty-title = Nada ainda
history-empty-hint = As solicitações respondidas e expiradas ficam guardadas aqui.
history-approved = Aprovada
history-denied = Recusada
history-expired = Expirada
history-here = neste computador
history-elsewhere = em outro dispositivo
history-wrong-numbers =
    { $count ->
        [one] após { $count } número errado
       *[other] após { $count } números errados
    }
history-number-server = número conferido pelo servidor
history-number-app = número conferido por este aplicativo
history-search = Pesquisar no histórico
history-account = Conta
history-account-all = Todas as contas
history-found =
    { $count ->
        [one] { $count } item
       *[other] { $count } itens
    }
history-none-found = Nada no histórico corresponde.
history-missing = Essa solicitação não está no histórico deste computador.
history-outcome = Resultado
history-when = Quando
history-when-value = Pedido: { $asked }, terminado: { $ended }
history-proof = Sua assinatura
history-proof-kept = Guardada neste computador, como prova do que você respondeu
history-proof-none = Não guardada neste computador

## First run

welcome-title = Aprove acessos a partir deste computador
welcome-line = Um site pergunta, você vê quem pede o quê e aprova ou recusa. Sua resposta é assinada com uma chave que nunca sai deste computador.
welcome-step-link = Copie o link de registro que o site mostra a você.
welcome-step-confirm = Cole-o aqui e verifique quem está pedindo.
welcome-step-answer = A partir daí, as solicitações aparecem nesta janela.

## Keychain trouble and other full pages

keychain-locked-title = Seu chaveiro está bloqueado
keychain-locked-line = O Countersign guarda ali suas chaves de assinatura, então não pode responder a solicitações até que ele seja aberto. Nada foi aprovado e nada se perdeu.
keychain-locked-step-one = Escolha “Tentar de novo”: talvez o sistema peça a senha do chaveiro.
keychain-locked-step-two = Se nada pedir, desbloqueie-o no seu aplicativo de senhas ou de chaveiro, ou saia da sessão do computador e entre de novo.
keychain-missing-title = Nenhum chaveiro foi encontrado
keychain-missing-line = O Countersign guarda suas chaves de assinatura no chaveiro do sistema e nunca em um arquivo aberto, então não pode continuar sem ele. Nada foi aprovado e nada se perdeu.
keychain-missing-step-one = Instale um serviço de chaveiro, como o GNOME Keyring ou o KWallet, e entre de novo na área de trabalho.
keychain-missing-step-two = Se este computador não puder ter um, inicie o Countersign com COUNTERSIGN_KEYCHAIN=vault e COUNTERSIGN_VAULT_PASSPHRASE_FILE definidos: as chaves ficam então em um arquivo criptografado com sua frase secreta.
trouble-title = O Countersign não conseguiu iniciar direito
trouble-state = Estado: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Abrir a entrada
       *[other] Abrir a entrada ({ $count })
    }
tray-check-now = Verificar agora
tray-quit = Sair
notify-asks = { $requester } pede sua aprovação
notify-asks-more =
    { $more ->
        [one] { $requester } e mais { $more } solicitação pedem sua aprovação
       *[other] { $requester } e mais { $more } solicitações pedem sua aprovação
    }
notify-see = Abra o Countersign para ver do que se trata.
notify-open = Abrir
notify-review = Revisar
