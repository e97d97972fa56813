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
back = Voltar
kept = Salvo

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
inbox-back = Voltar à caixa de entrada

burst-count = { $count } iguais em pouco tempo
burst-unfold = Mostrar todas
burst-fold = Mostrar uma
burst-unfold-of = Mostrar cada uma das { $count } solicitações de { $requester }
burst-fold-of = Mostrar uma só para as { $count } solicitações de { $requester }
burst-title = { $count } solicitações com as mesmas palavras chegaram em pouco tempo
burst-advice = Talvez alguém espere que você aprove uma delas apenas para ter sossego. Se você não as iniciou, escolha “Não fui eu”.

## Banners

banner-offline = Sem conexão desde { $time }
banner-offline-age = O que você vê é de { $age } atrás. Nada pode ser aprovado nem recusado até a conexão voltar.
banner-offline-unknown = Nada pode ser aprovado nem recusado até a conexão voltar.
banner-keychain = O chaveiro do sistema não está acessível
banner-keychain-line = Solicitações a contas cuja chave está nele não chegam até que ele possa ser aberto de novo. Nada dele se perdeu.
banner-vault = Algumas contas estão fechadas
banner-vault-line = As chaves delas estão no arquivo que a sua frase secreta abre. As solicitações a elas voltam a chegar quando você a digitar.
banner-vault-gone = O arquivo com as chaves delas não está lá. Coloque-o de volta no lugar, ou remova as contas e adicione-as de novo a partir dos sites.
banner-clock =
    { $direction ->
        [slow] O relógio deste computador está { $difference } atrasado em relação ao de { $host }
       *[fast] O relógio deste computador está { $difference } adiantado em relação ao de { $host }
    }
banner-clock-advice = O tempo restante segue o relógio do servidor, então você pode continuar. Se o relógio deste computador estiver errado, ajuste-o nas configurações do sistema, ou as respostas poderão ser recusadas.
banner-paused = Outro Countersign já está verificando as solicitações
banner-paused-advice = Esta janela mostra o que ele encontra. “Verificar agora” continua funcionando.
mute-bar = As notificações estão silenciadas até { $time }
mute-bar-factor = As notificações de { $requester } estão silenciadas até { $time }
mute-bar-reported = As notificações de { $requester } estão silenciadas até { $time }, porque você disse que uma solicitação não era sua
mute-bar-line = As solicitações continuam aparecendo aqui.
unmute = Reativar notificações

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
request-here-title = Uma página neste computador apontou para esta solicitação
request-here = Qualquer site aberto aqui pode fazer isso. Isso não mostra que você a iniciou.
unusual-recentlyDenied = Você recusou há pouco uma solicitação de { $requester }
unusual-recentlyDenied-advice = Se aquela foi feita por outra pessoa, esta também pode ser dela. Aprove somente o que você mesmo acabou de iniciar.
unusual-burst = Várias solicitações de { $requester } chegaram em poucos minutos
unusual-burst-advice = Talvez alguém espere que você aprove uma delas apenas para ter sossego. Aprove somente o que você mesmo acabou de iniciar.
unusual-firstApproval = Você ainda não aprovou nada de { $requester } aqui
unusual-firstApproval-advice = Olhe o endereço acima e aprove somente o que você mesmo acabou de iniciar.
unusual-newMessage = { $requester } nunca pediu isto a você antes
unusual-newMessage-advice = Leia com atenção e aprove somente o que você mesmo acabou de iniciar.
unusual-newDetails = { $requester } já pediu isto a você, mas com outros detalhes
unusual-newDetails-advice = Compare os detalhes abaixo com o que você mesmo acabou de iniciar.
unusual-sure = Li isto, e fui eu que iniciei
request-technical = Detalhes técnicos
request-signed-fields = A assinatura cobre
request-signed-none = nenhum detalhe
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
decision-confirming = Aguardando a confirmação de que é você…
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
number-none = Não vê nenhum número? Então recuse.
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
ended-reported-server-detail = { $requester } foi informado às { $time } de que não foi você. As notificações dele estão silenciadas por 20 minutos; as solicitações continuam aparecendo aqui. Alguém pode saber sua senha: mude-a lá.
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
ended-unconfirmed-detail = Ela foi enviada, e o servidor não a confirmou. Veja o histórico quando for possível conectar ao servidor, ou pergunte a { $requester }.
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
error-during-change = Nada foi alterado.
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
error-codeMissing = Nenhum código QR foi encontrado na imagem
error-codeMissing-advice = Deixe o código maior ou mais nítido, com algum espaço vazio em volta, e tente de novo. Você também pode copiar o link abaixo dele.
error-codeOther = Este código QR não é um registro
error-codeOther-advice = Ele contém outra coisa, que não foi aberta. Procure o código que o site chama de registro ou configuração.
error-pictureTooLarge = Esta imagem é grande demais
error-pictureTooLarge-advice = Recorte a parte com o código e tente de novo. São lidos no máximo 20 MB e 50 milhões de pontos.
error-pictureUnknown = O Countersign não lê esta imagem
error-pictureUnknown-advice = Use PNG, JPEG, WebP, GIF ou BMP, ou selecione uma área da tela.
error-pictureDamaged = Esta imagem está danificada
error-pictureDamaged-advice = Salve-a ou copie-a de novo, ou selecione uma área da tela.
error-clipboardEmpty = Não há imagem nem link para colar
error-clipboardEmpty-advice = Copie primeiro o código QR ou o link e cole-o aqui.
error-screenUnavailable = Esta área de trabalho não deixa o Countersign ver a tela
error-screenUnavailable-advice = Faça você mesmo uma captura do código e solte-a aqui, ou copie o link. No macOS, permita a gravação de tela nos ajustes de privacidade.
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
error-presenceUnavailable-unlock-advice = Ative de novo o que antes perguntava por você: Windows Hello, Touch ID ou, no Linux, um agente do polkit. Se isso não existe mais, digite “countersign pin set” em um terminal e desbloqueie com esse PIN; se for preciso remover uma conta para isso, você é avisado ali.
error-pinNeeded = Isto precisa do seu PIN
error-pinNeeded-what = Nada foi aprovado e nada foi alterado.
error-pinNeeded-advice = Digite seu PIN do Countersign.
error-pinWrong =
    { $seconds ->
        [0] Esse não é o PIN
       *[other] Nenhum PIN é aceito agora
    }
error-pinWrong-what =
    { $seconds ->
        [0] Nada foi aprovado e nada foi alterado. { $count ->
            [one] Resta { $count } tentativa.
           *[other] Restam { $count } tentativas.
        }
        [one] Nada foi aprovado e nada foi alterado. Depois de erros demais, nenhum PIN é verificado por mais um segundo, nem o correto.
       *[other] Nada foi aprovado e nada foi alterado. Depois de erros demais, nenhum PIN é verificado por { $seconds } segundos, nem o correto.
    }
error-pinWrong-advice = Se você o esqueceu, remova suas contas, em um terminal com countersign remove, e adicione-as de novo pelos sites.
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
error-unconfirmed = Não se sabe se sua resposta chegou
error-unconfirmed-what = Ela foi enviada, e o servidor não a confirmou.
error-unconfirmed-report-what = Sua recusa foi enviada, e o servidor não a confirmou. Nada foi denunciado.
error-unconfirmed-advice = Veja daqui a pouco, aqui ou no histórico, o que aconteceu com ela. O que ainda espera pode ser respondido de novo.
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
error-passphraseNeeded = O Countersign precisa da sua frase secreta
error-passphraseNeeded-what = Nada foi aprovado.
error-passphraseNeeded-advice = Digite-a na janela do Countersign.
error-passphraseWrong = Essa não é a frase secreta
error-passphraseWrong-what = Nada foi aprovado e nada foi alterado.
error-passphraseWrong-advice = Digite-a de novo, com as mesmas maiúsculas e espaços. Sem ela, as chaves do arquivo não podem ser usadas.
error-passphraseShort = Uma frase secreta tem pelo menos 8 caracteres
error-passphraseShort-what = Nada foi aprovado e nada foi alterado.
error-passphraseShort-advice = Escolha uma mais longa; de preferência várias palavras.
error-vaultMissing = O arquivo do cofre não está lá
error-vaultMissing-what = Nada foi aprovado.
error-vaultMissing-advice = Coloque o arquivo de volta no lugar e tente de novo. Se ele se perdeu, as chaves dele também: volte a usar o chaveiro do sistema, remova as contas dessas chaves e adicione-as de novo a partir dos sites.
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
add-intro = O site para o qual você quer aprovar mostra um código QR ou um link de registro. Traga um deles para cá.
add-code = De um código QR
add-code-hint = Solte uma imagem em qualquer lugar desta página, ou cole uma. Ela é lida neste computador e não é guardada.
add-screen = Selecionar uma área da tela
add-file = Escolher uma imagem
add-paste = Colar uma imagem ou um link
add-camera = Usar a câmera
add-camera-none = Este computador não tem câmera
add-drop-here = Solte a imagem aqui
add-link = Link de registro
add-link-hint = Começa com countersign:// e funciona uma vez, por alguns minutos.
add-continue = Continuar
add-reading = Lendo…
choose-title = Qual conta?
choose-intro = Foram encontrados { $count } códigos de registro. O endereço diz aonde cada um leva.
camera-title = Mostre o código QR à câmera
camera-intro = Segure-o de modo que ocupe cerca de metade da imagem. O que a câmera vê fica neste computador e não é guardado.
camera-opening = Abrindo a câmera…
camera-looking = Procurando um código…
camera-none = Nenhuma câmera pode ser usada aqui. Selecione uma área da tela ou escolha uma imagem.
camera-refused = O sistema não deixa o Countersign usar a câmera. Permita nas configurações de privacidade do sistema ou escolha outra forma.
camera-other-way = Escolher outra forma
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
added-line = A partir de agora, as solicitações de { $host } aparecerão na caixa de entrada.
added-key = A chave foi criada neste computador e fica aqui: { $location }.
added-inbox = Ir para a caixa de entrada
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

factor-mute = Notificações
factor-mute-hint = As solicitações aparecem aqui de qualquer forma.
policy-title = Como as solicitações são aprovadas
policy-verification = Confirmar que é você
policy-verification-hint = Pelo sistema deste computador, ou com seu PIN onde ele não puder perguntar. Para recusar, nunca é preciso.
policy-verification-never = Nunca
policy-verification-unusual = Quando for novo ou incomum
policy-verification-always = Antes de cada aprovação
policy-answerFromNotification = Aprovar pelas notificações
policy-answerFromNotification-hint = Caso contrário, a notificação oferece revisar e recusar. Nunca enquanto o Countersign estiver bloqueado, nem onde for preciso digitar um número.
policy-answerFromTray = Aprovar pelo menu da bandeja do sistema
policy-answerFromTray-hint = Caso contrário, o menu oferece revisar e recusar.
policy-silentOnThisComputer = Aprovar sozinho o que foi iniciado aqui
policy-silentOnThisComputer-hint = Quando uma página neste computador entrega a prova de que iniciou uma solicitação de { $requester }.
policy-silent-warning-title = Nesse caso, ninguém é perguntado
policy-silent-warning = Quem usar este computador, qualquer programa nele e qualquer site aberto nele pode fazer com que solicitações de { $requester } sejam aprovadas. Nunca uma com número a digitar, nem uma nova ou incomum. O histórico as marca.

## Settings

settings-intro = As mudanças são salvas na hora.
settings-back = Voltar às configurações
settings-look = Idioma e aparência
settings-language = Idioma
settings-language-system = O do sistema
settings-theme = Tema
settings-theme-system = O do sistema
settings-theme-light = Claro
settings-theme-dark = Escuro
settings-background = Notificações e segundo plano
settings-notifications = Notificações
settings-notifications-hint = Avisar quando um site pedir sua aprovação.
trial = Notificação de teste
trial-hint = Mostra se o seu sistema as deixa passar.
trial-show = Mostrar uma
trial-question = Você a viu?
trial-yes = Sim
trial-no = Não
trial-seen = Ótimo: é assim que as solicitações chegarão a você.
trial-unseen = Então o seu sistema as retém. Veja nas configurações dele se as notificações do Countersign estão desativadas ou se o modo Não perturbe está ativo. De qualquer forma, as solicitações aguardam nesta janela.
trial-refused = Esta área de trabalho não aceitou a notificação. “Estado da instalação”, em Configurações, diz o que falta. De qualquer forma, as solicitações aguardam nesta janela.
settings-mute = Silêncio por um tempo
settings-mute-hint = Nenhuma notificação de ninguém. As solicitações continuam aparecendo aqui.
settings-closeToTray = Ficar na bandeja do sistema
settings-closeToTray-hint = Ao fechar a janela, o Countersign continua em execução, para que as solicitações cheguem a você. Sem bandeja do sistema, fechar encerra o programa.
settings-autostart = Iniciar com o sistema
settings-autostart-hint = Na bandeja do sistema, sem janela.
settings-autostart-unknown = Este sistema não informou se inicia o Countersign.
settings-lock = Bloqueio e privacidade
settings-lock-now = Bloquear agora
settings-lock-now-hint = Oculta tudo, menos quantas solicitações aguardam.
settings-lock-impossible = Defina um PIN primeiro: este computador não tem outra forma de saber que é você.
settings-lock-after = Bloquear quando ninguém estiver usando
settings-lock-never = Nunca
settings-lock-minutes =
    { $minutes ->
        [one] Após { $minutes } minuto
       *[other] Após { $minutes } minutos
    }
settings-lockWithSystem = Bloquear com o sistema
settings-lockWithSystem-hint = Quando a tela é bloqueada e antes de o computador suspender.
settings-pin-system = O sistema deste computador pergunta quem está aí, então o PIN não é necessário. Ele será pedido se um dia o sistema não puder.
settings-pin-set = Pedido onde o sistema não pode perguntar quem está aí.
settings-pin-none = Para computadores cujo sistema não pode perguntar quem está aí. Sem ele, nada pode ser bloqueado nem confirmado aqui.
settings-hideFromCapture = Ocultar em capturas de tela
settings-hideFromCapture-hint = Deixa esta janela fora de capturas e telas compartilhadas no Windows e no macOS. Os ambientes Linux não oferecem isso aos programas; neles, não tem efeito.
settings-history = Guardar o histórico
settings-history-hint = O que for mais antigo é apagado deste computador, com suas respostas assinadas.
settings-history-ever = Para sempre
settings-history-days =
    { $days ->
        [one] Por { $days } dia
       *[other] Por { $days } dias
    }
settings-help = Ajuda e informações
mute-off = Não silenciadas
mute-for =
    { $hours ->
        [one] Silenciar por { $hours } hora
       *[other] Silenciar por { $hours } horas
    }
mute-until = Silenciadas até { $time }.
mute-reported-until = Silenciadas até { $time }, porque você disse que uma solicitação não era sua.
about-version = Countersign { $version }
about-licences = Software livre, sob MIT ou Apache 2.0, à sua escolha. Com a fonte Inter (SIL Open Font License) e ícones do Lucide (ISC).

## The PIN

pin = PIN
pin-set = Definir um PIN
pin-change = Alterar
pin-remove = Remover
pin-ask-title = Digite seu PIN
pin-confirm = Confirmar
pin-checking = Verificando…
pin-set-title = Definir um PIN
pin-set-line = O Countersign o pede onde o sistema deste computador não pode perguntar quem está aí. Ele não pode ser recuperado.
pin-set-confirm = Definir o PIN
pin-change-title = Alterar o PIN
pin-change-line = O novo substitui o antigo na hora.
pin-change-confirm = Alterar o PIN
pin-remove-title = Remover o PIN?
pin-remove-line = Depois disso, nada poderá ser bloqueado nem confirmado neste computador, a menos que o sistema pergunte quem está aí.
pin-remove-confirm = Remover o PIN
pin-old = PIN atual
pin-new = Novo PIN
pin-new-hint = 6 a 128 caracteres; letras e sinais também valem.
pin-again = Novo PIN outra vez
pin-differs = Os dois ainda não são iguais.

## Locked

lock-title = O Countersign está bloqueado
lock-count =
    { $count ->
        [0] Nenhuma solicitação aguarda
        [one] { $count } solicitação aguarda
       *[other] { $count } solicitações aguardam
    }
lock-line = Quem pede, e o quê, é mostrado depois do desbloqueio.
unlock = Desbloquear
lock-waiting = Aguardando o sistema…

## Setup health

health-title = Estado da instalação
health-intro = O que o Countersign precisa deste computador e como isso está.
health-hint = O que está errado neste computador e como corrigir.
health-open = Verificar
health-again = Verificar de novo
health-looking = Verificando…
health-worst-ok = Está tudo bem.
health-worst-warn = O Countersign funciona, mas não tão bem quanto poderia aqui.
health-worst-bad = Algo precisa ser corrigido antes de responder a solicitações.
health-state-ok = Em ordem:
health-state-warn = Poderia ser melhor:
health-state-bad = A corrigir:
health-keychain-works = O chaveiro está acessível
health-keychain-locked = O chaveiro está bloqueado
health-keychain-locked-advice = Desbloqueie-o no seu aplicativo de senhas ou de chaveiro, ou saia da sessão do computador e entre de novo.
health-keychain-missing = Não há chaveiro
health-keychain-missing-advice = Instale um serviço de chaveiro, como o GNOME Keyring ou o KWallet, e entre de novo na área de trabalho.
health-keyLocation-works = Local das novas chaves: { $place }
health-notifications-works = As notificações podem ser mostradas, com botões
health-notifications-limited = As notificações podem ser mostradas, mas sem botões
health-notifications-limited-advice = O serviço de notificações da área de trabalho não os desenha. As solicitações são respondidas na janela e na bandeja do sistema.
health-notifications-missing = As notificações não podem ser mostradas
health-notifications-missing-advice = Inicie um serviço de notificações nesta área de trabalho ou deixe a janela aberta onde você a veja.
health-notifications-unknown = Não se sabe se as notificações podem ser mostradas
health-notifications-unknown-advice = Se nenhuma aparecer, procure o Countersign nas configurações de notificações do sistema.
health-tray-works = Há uma bandeja do sistema onde ficar
health-tray-limited = Há uma bandeja do sistema, mas não a biblioteca que desenha nela
health-tray-limited-advice = Instale o pacote libayatana-appindicator3-1 e inicie o Countersign de novo.
health-tray-missing = Esta área de trabalho não tem bandeja do sistema
health-tray-missing-advice = Fechar a janela encerra o Countersign, e as solicitações são vistas quando ele for aberto de novo. O GNOME ganha uma bandeja com a extensão AppIndicator.
health-tray-unknown = Não se sabe se há uma bandeja do sistema
health-links-works = Os links de registro abrem o Countersign
health-links-missing = Os links de registro não abrem nada
health-links-missing-advice = Inicie o Countersign mais uma vez, ou copie os links e cole-os em Adicionar conta.
health-links-elsewhere = Os links de registro abrem outro programa: { $detail }
health-links-elsewhere-advice = Se não é o que você quer, escolha o Countersign para links countersign nas configurações do sistema.
health-links-unknown = Não se sabe qual programa abre os links de registro
health-links-unknown-advice = Copie os links e cole-os em Adicionar conta.
health-clock-works = O relógio está certo
health-clock-off = O relógio difere em { $detail }
health-clock-off-advice = Deixe a data e a hora no automático nas configurações do sistema, ou as respostas poderão ser recusadas.
health-clock-unknown = Só se saberá se o relógio está certo quando um servidor responder
health-presence-works = É possível confirmar que é você
health-presence-missing = Não é possível confirmar que é você
health-presence-missing-advice = Defina um PIN em Configurações, para que o Countersign possa ser bloqueado e as contas possam pedi-lo.
health-presence-unknown = Se é possível confirmar que é você será conhecido quando o sistema deste computador o tiver feito uma vez
health-presence-unknown-advice = Escolha “Bloquear agora” em Configurações: o sistema então pergunta pela primeira vez.
health-autostart-works = O Countersign inicia com o sistema
health-autostart-notChosen = O Countersign não inicia com o sistema
health-autostart-notChosen-advice = Não há nada de errado nisso. Você pode ativar em Configurações.
health-autostart-unknown = Não se sabe se o Countersign inicia com o sistema
health-autostart-unknown-advice = Procure-o na lista do sistema de programas que iniciam sozinhos.
health-capture-works = A janela pode ficar fora das capturas de tela
health-capture-missing = A janela não pode ficar fora das capturas de tela
health-capture-missing-advice = Os ambientes Linux não oferecem isso aos programas. Bloqueie o Countersign antes de compartilhar a tela.

## History

history-title = Histórico
history-intro = O que pediram a você e como terminou.
history-empty-title = Nada ainda
history-empty-hint = As solicitações respondidas e expiradas ficam guardadas aqui.
history-approved-here = Aprovada neste computador
history-approved-elsewhere = Aprovada em outro dispositivo
history-denied-here = Recusada neste computador
history-denied-elsewhere = Recusada em outro dispositivo
history-expired = Expirada
history-wrong-numbers =
    { $count ->
        [one] Recusada após { $count } número errado
       *[other] Recusada após { $count } números errados
    }
history-number-server = número conferido pelo servidor
history-number-app = número conferido por este aplicativo
history-silent = aprovada sem perguntar, porque foi iniciada neste computador
history-started-here = iniciada neste computador
history-verified = Confirmação de que era você
history-verified-system = Pelo sistema deste computador
history-verified-pin = Com o PIN
history-verified-nobody = Ninguém foi perguntado
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
welcome-step-link = Encontre o código QR ou o link de registro que o site mostra a você.
welcome-step-confirm = Solte-o ou cole-o aqui e verifique quem está pedindo.
welcome-step-answer = A partir daí, as solicitações aparecem nesta janela.
start-step = Passo { $step } de { $steps }
start-begin = Começar
start-next = Continuar
start-later = Mais tarde
start-notifications-title = Saiba quando alguém pede
start-notifications-line = Uma notificação diz quem pede e o quê; enquanto o Countersign está bloqueado, apenas que uma solicitação aguarda. Sem notificações, as solicitações aguardam aqui até você olhar.
start-lock-title = Mostre que é você
start-lock-line = O Countersign pode ocultar o que mostra e verificar que é você antes de aprovar. Você escolhe por conta, em Fatores.
start-lock-system = Quem pergunta é o sistema deste computador: com sua senha, seu dedo ou seu rosto, como você configurou nele.
start-autostart-title = Iniciar com o sistema?
start-autostart-line = O Countersign então aguarda na bandeja do sistema, para que as solicitações cheguem sem você abri-lo antes.
start-add-title = Adicione sua primeira conta
start-add-line = O site para o qual você quer aprovar mostra um link ou um código. É só isso.
start-again = Introdução
start-again-hint = Os primeiros passos mais uma vez.
start-again-open = Mostrar
practice = Solicitação de treino
practice-hint = Responda a uma inventada. Nada é assinado nem enviado.
practice-open = Treinar antes
practice-show = Treinar
practice-title = É só um treino
practice-line = Ninguém pediu nada. Nada é assinado, enviado nem guardado. O que está na caixa de entrada é sempre real, seja qual for o nome.
practice-requester = Loja de exemplo
practice-message = Entrar na sua conta de cliente?
practice-place = Local
practice-place-value = Uma cidade que você conhece, ou não
practice-device = Dispositivo
practice-device-value = O navegador deste computador
practice-step-who = Veja quem pede e o endereço abaixo do nome.
practice-step-what = Leia o que querem, nas palavras deles.
practice-step-answer = Aprove somente o que você mesmo iniciou. Aqui você pode escolher à vontade.
practice-approved = Aprovada, como treino
practice-approved-line = Com uma solicitação real, sua resposta seria agora assinada com a chave deste computador e enviada. Não daria para voltar atrás.
practice-denied = Recusada, como treino
practice-denied-line = Com uma solicitação real, nada seria aprovado, e você responderia se foi você quem a iniciou.
practice-reported = Recusada e denunciada, como treino
practice-reported-line = Com uma solicitação real, o site seria informado de que não foi você, e as notificações dele ficariam silenciadas por 20 minutos.
practice-expired = Expirada, como treino
practice-expired-line = Ninguém respondeu a tempo. Com uma solicitação real, nada seria aprovado.
practice-again = Mais uma vez
practice-end = Encerrar o treino

## Keychain trouble and other full pages

keychain-locked-title = Seu chaveiro está bloqueado
keychain-locked-line = O Countersign guarda ali suas chaves de assinatura, então não pode responder a solicitações até que ele seja aberto. Nada foi aprovado e nada se perdeu.
keychain-locked-step-one = Escolha “Desbloquear o chaveiro”: talvez o sistema peça a senha dele.
keychain-locked-step-two = Se nada pedir, desbloqueie-o no seu aplicativo de senhas ou de chaveiro, ou saia da sessão do computador e entre de novo.
keychain-missing-title = Nenhum chaveiro foi encontrado
keychain-missing-line = O Countersign guarda suas chaves de assinatura no chaveiro do sistema e nunca em um arquivo aberto, então não pode continuar sem ele. Nada foi aprovado e nada se perdeu.
keychain-missing-step-one = Instale um serviço de chaveiro, como o GNOME Keyring ou o KWallet, e entre de novo na área de trabalho.
keychain-missing-step-two = Se este computador não puder ter um, use uma frase secreta: as chaves ficam então em um arquivo que só a sua frase abre.
keychain-unlock = Desbloquear o chaveiro
vault-instead = Usar uma frase secreta
vault-title = Usar uma frase secreta em vez disso?
vault-line = As chaves novas ficarão em um arquivo neste computador que só a sua frase secreta abre. O Countersign a pede a cada início e nunca a guarda.
vault-keys-stay = As chaves que estão no chaveiro do sistema continuam lá intactas. As solicitações às contas delas voltam a chegar quando ele puder ser aberto.
vault-confirm = Usar esta frase secreta
passphrase = Frase secreta
passphrase-hint = Pelo menos 8 caracteres; de preferência várias palavras. Ela não pode ser recuperada.
passphrase-again = Frase secreta outra vez
passphrase-title = Digite sua frase secreta
passphrase-line = As chaves de assinatura deste computador estão em um arquivo que só a sua frase secreta abre. Até lá, nenhuma solicitação chega. Nada foi aprovado e nada se perdeu.
passphrase-open = Abrir
system-keychain = Voltar a usar o chaveiro do sistema
system-keychain-title = Voltar a usar o chaveiro do sistema?
system-keychain-line = As contas cuja chave está no chaveiro do sistema voltam a funcionar na hora, e as chaves novas são criadas lá.
system-keychain-closed = As contas cuja chave está no arquivo que a sua frase secreta abre ficam fechadas até você digitá-la. O arquivo fica como está.
system-keychain-confirm = Usar o chaveiro
trouble-title = O Countersign não conseguiu iniciar direito
trouble-state = Estado: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Abrir a caixa de entrada
       *[other] Abrir a caixa de entrada ({ $count })
    }
tray-more =
    { $count ->
        [one] Mais { $count } solicitação
       *[other] Mais { $count } solicitações
    }
no-tray = Esta área de trabalho não tem bandeja do sistema
no-tray-what = Fechar a janela encerra o Countersign. As solicitações então não são avisadas.
tray-check-now = Verificar agora
tray-mute = Silenciar notificações
tray-mute-minutes = Por 20 minutos
tray-mute-hour = Por 1 hora
tray-mute-tomorrow = Até amanhã
tray-unmute = Reativar notificações
tray-lock = Bloquear
tray-quit = Sair
notify-asks = { $requester } pede sua aprovação
notify-question = { $requester } pergunta: { $question }
notify-locked = Uma solicitação aguarda sua resposta
notify-locked-body = Desbloqueie o Countersign para vê-la.
notify-burst = { $requester } continua pedindo
notify-burst-locked = As solicitações não param de chegar
notify-burst-body = As próximas aparecem só no Countersign, sem notificação. Se não for você, denuncie lá.
notify-approved = Aprovada · { $requester }
notify-denied = Recusada · { $requester }
notify-denied-body = Se você mesmo não iniciou isto, denuncie no Countersign.
notify-failed = { $requester }: sua resposta não está confirmada
notify-failed-locked = Sua resposta não está confirmada
notify-trial = Isto é apenas um teste
notify-trial-body = Ninguém pede nada. É assim que as solicitações chegam a você.
notify-see = Abra o Countersign para ver do que se trata.
notify-open = Abrir
notify-review = Revisar
