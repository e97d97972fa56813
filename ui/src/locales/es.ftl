# Spanish. People are addressed with “tú”.
# approve = aprobar, deny = rechazar, request = solicitud, account = cuenta, factor = factor, key = clave,
# keychain = llavero, site = sitio, enrolment link = enlace de registro, vault = caja fuerte.

## Names and places

app-name = Countersign
place-inbox = Entrada
place-inbox-count =
    { $count ->
        [one] Entrada, 1 solicitud por responder
       *[other] Entrada, { $count } solicitudes por responder
    }
place-factors = Factores
place-settings = Ajustes
place-history = Historial
nav-label = Secciones
add-account = Añadir cuenta
cancel = Cancelar
dismiss = Ocultar
check-now = Comprobar ahora
checking = Comprobando…
try-again = Reintentar
loading = Abriendo Countersign…
back = Volver
kept = Guardado

## Connection, in the header

status-online = Comprobado: { $time }
status-never = Aún sin comprobar
status-offline = Sin conexión
status-paused = No comprueba por sí solo

## Time

time-left = Quedan { $time }
time-left-hurry =
    { $seconds ->
        [one] Solo queda 1 segundo
       *[other] Solo quedan { $seconds } segundos
    }
day-today = Hoy
day-yesterday = Ayer
duration-seconds =
    { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
duration-minutes =
    { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
duration-hours =
    { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }
duration-days =
    { $count ->
        [one] 1 día
       *[other] { $count } días
    }

## Said to screen readers

announce-arrival = Nueva solicitud de { $requester }. Tiempo restante: { $time }.
announce-left = Solicitud de { $requester }. Tiempo restante: { $time }.
announce-expired = La solicitud de { $requester } ha caducado. No se ha aprobado nada.

## Inbox

inbox-list = Solicitudes
inbox-empty-title = No hay solicitudes
inbox-empty-checked = Última comprobación: { $time }
inbox-empty-never = Aún sin comprobar
inbox-empty-hint = Cuando un sitio pida tu aprobación, aparecerá aquí.
inbox-accounts = A la espera de
inbox-back = Volver a la bandeja de entrada

burst-count = { $count } iguales en poco tiempo
burst-unfold = Mostrar todas
burst-fold = Mostrar una
burst-unfold-of = Mostrar cada una de las { $count } solicitudes de { $requester }
burst-fold-of = Mostrar una por las { $count } solicitudes de { $requester }
burst-title = En poco tiempo han llegado { $count } solicitudes con las mismas palabras
burst-advice = Puede que alguien espere que apruebes una solo para que te dejen en paz. Si no las iniciaste, elige «No he sido yo».

## Banners

banner-offline = Sin conexión desde { $time }
banner-offline-age = Lo que ves es de hace { $age }. No se puede aprobar ni rechazar nada hasta que vuelva la conexión.
banner-offline-unknown = No se puede aprobar ni rechazar nada hasta que vuelva la conexión.
banner-keychain = No se puede acceder al llavero del sistema
banner-keychain-line = Las solicitudes a cuentas cuya clave está en él no llegan hasta que se pueda abrir de nuevo. No se ha perdido nada de él.
banner-vault = Algunas cuentas están cerradas
banner-vault-line = Sus claves están en el archivo que abre tu frase de contraseña. Las solicitudes a esas cuentas te llegarán de nuevo cuando la hayas escrito.
banner-vault-gone = El archivo con sus claves no está. Devuélvelo a su sitio, o quita las cuentas y añádelas de nuevo desde sus sitios.
banner-clock =
    { $direction ->
        [slow] El reloj de este equipo va { $difference } por detrás del de { $host }
       *[fast] El reloj de este equipo va { $difference } por delante del de { $host }
    }
banner-clock-advice = El tiempo restante sigue el reloj del servidor, así que puedes continuar. Si el reloj de este equipo está mal, ajústalo en la configuración del sistema; si no, puede que se rechacen tus respuestas.
banner-paused = Otro Countersign ya está comprobando las solicitudes
banner-paused-advice = Esta ventana muestra lo que ese encuentra. «Comprobar ahora» sigue funcionando.
mute-bar = Las notificaciones están silenciadas hasta { $time }
mute-bar-factor = Las notificaciones de { $requester } están silenciadas hasta { $time }
mute-bar-reported = Las notificaciones de { $requester } están silenciadas hasta { $time }, porque dijiste que una solicitud no era tuya
mute-bar-line = Las solicitudes siguen apareciendo aquí.
unmute = Dejar de silenciar

## A request

request-asks = pide tu aprobación
request-from-label = Solicitud de { $requester }
request-quote = { $requester } ha escrito
request-no-message = { $requester } no ha incluido ningún mensaje en esta solicitud.
request-account = Cuenta
request-identity = Identidad
request-asked = Recibida
request-asked-value = { $asked }, caduca: { $expires }
request-date = Fecha
request-details = Detalles de { $requester }
request-twins =
    { $count ->
        [one] Se ha pedido una vez más para la misma acción; una respuesta vale para las dos.
       *[other] Se ha pedido { $count } veces más para la misma acción; una respuesta vale para todas.
    }
request-unsigned-title = Tu firma no cubre estos detalles
request-unsigned = { $host } los ha dejado fuera de lo que se firma. Más adelante podría afirmar que aprobaste otra cosa. Aprueba solo si confías en { $host } para eso.
request-field-unsigned = No cubierto por tu firma
request-hidden-characters = Contiene caracteres invisibles, que se muestran como �
request-changed-title = Esta solicitud ha cambiado después de que la vieras
request-changed = No se ha firmado nada. Vuelve a leerla más abajo antes de responder.
request-field-changed = Cambiado
request-show-all = Mostrar todo
request-show-less = Mostrar menos
request-show-all-of = Mostrar todo: { $label }
request-show-less-of = Mostrar menos: { $label }
request-here-title = Una página de este equipo ha señalado esta solicitud
request-here = Puede hacerlo cualquier sitio web que esté abierto aquí. No demuestra que la hayas iniciado tú.
unusual-recentlyDenied = Hace poco rechazaste una solicitud de { $requester }
unusual-recentlyDenied-advice = Si aquella la hizo otra persona, esta también puede ser suya. Aprueba solo lo que acabas de iniciar tú.
unusual-burst = Han llegado varias solicitudes de { $requester } en pocos minutos
unusual-burst-advice = Puede que alguien espere que apruebes una solo para que te dejen en paz. Aprueba solo lo que acabas de iniciar tú.
unusual-firstApproval = Aquí aún no has aprobado nada de { $requester }
unusual-firstApproval-advice = Mira la dirección de arriba y aprueba solo lo que acabas de iniciar tú.
unusual-newMessage = { $requester } nunca te había pedido esto
unusual-newMessage-advice = Léelo con atención y aprueba solo lo que acabas de iniciar tú.
unusual-newDetails = { $requester } ya te había pedido esto, pero con otros detalles
unusual-newDetails-advice = Compara los detalles de abajo con lo que acabas de iniciar tú.
unusual-sure = Lo he leído y lo he iniciado yo
request-technical = Detalles técnicos
request-signed-fields = La firma cubre
request-signed-none = ningún detalle
request-challenge = Desafío
request-factor = Factor
request-service = Servicio
request-api-account = Cuenta de la API
request-digest = Resumen de lo que se muestra

## Answering

approve = Aprobar
deny = Rechazar
decision-label = Tu respuesta
decision-approving = Firmando y enviando tu aprobación…
decision-confirming = Esperando la confirmación de que eres tú…
decision-denying = Firmando y enviando tu rechazo…
decision-reporting = Rechazando y avisando…
not-me = No he sido yo
number-label = Escribe el número que aparece donde estás iniciando sesión
number-digits =
    { $count ->
        [one] 1 dígito
       *[other] { $count } dígitos
    }
number-digits-unknown = De 2 a 8 dígitos
number-checked-server = lo comprueba el servidor
number-checked-app = lo comprueba esta aplicación
number-tries =
    { $count ->
        [one] queda un intento
       *[other] quedan { $count } intentos
    }
number-none = ¿No ves ningún número? Entonces rechaza.
number-typed =
    { $count ->
        [one] 1 dígito escrito
       *[other] { $count } dígitos escritos
    }
report-again = Volver a avisar
report-question = ¿Has iniciado esto tú?
report-mine = Sí, cancelarlo
report-note = ¿Algo que { $requester } deba saber? (opcional)
report-note-over =
    { $count ->
        [one] Sobra 1 carácter
       *[other] Sobran { $count } caracteres
    }
report-note-left =
    { $count ->
        [one] Queda 1 carácter
       *[other] Quedan { $count } caracteres
    }
decision-blocked-offline = No se puede conectar con { $host }, así que no se puede enviar ninguna respuesta. Las respuestas nunca se guardan para más tarde.
decision-blocked-opening = Un momento: se está obteniendo la última versión de { $host }.
decision-blocked-unread = No se ha podido obtener la última versión, así que todavía no se puede responder.
decision-blocked-revoked = { $host } ya no acepta la clave de este equipo.
decision-blocked-key = La clave de esta cuenta ya no está, así que no se puede firmar nada con ella.
open-factors = Abrir Factores

## How a request ended

ended-approved = Aprobada
ended-approved-line = Aprobada · { $time } · firmada con la clave de este equipo
ended-approved-detail = { $requester } tiene tu respuesta firmada.
ended-denied = Rechazada
ended-denied-line = Rechazada.
ended-denied-detail = Se ha comunicado a { $requester } ({ $time }). No se ha aprobado nada.
ended-wrongNumbers = Rechazada
ended-wrongNumbers-line = Rechazada tras tres números incorrectos.
ended-wrongNumbers-detail = No se ha aprobado nada. Si todavía lo quieres, pide a { $requester } que la envíe de nuevo.
ended-reported-server = Avisado
ended-reported-server-line = Rechazada, y se ha avisado a { $requester }.
ended-reported-server-detail = Se ha comunicado a { $requester } ({ $time }) que no has sido tú. Sus notificaciones están silenciadas 20 minutos; las solicitudes siguen apareciendo aquí. Puede que alguien conozca tu contraseña: cámbiala allí.
ended-reported-address = Rechazada
ended-reported-address-line = Rechazada. Todavía no se ha dicho a nadie por qué.
ended-reported-address-detail = { $requester } no acepta avisos desde aquí, pero indica esta dirección para ellos. Ábrela en tu navegador y cambia tu contraseña en { $requester }.
ended-reported-nobody = Rechazada
ended-reported-nobody-line = Rechazada. No se ha dicho a nadie por qué.
ended-reported-nobody-detail = { $requester } no acepta avisos desde aquí. Avisa tú y cambia allí tu contraseña: puede que alguien la conozca.
ended-reported-failed = Rechazada
ended-reported-failed-line = Rechazada, pero el aviso no ha llegado.
ended-reported-failed-detail = No se ha aprobado nada. { $requester } todavía no sabe que no has sido tú.
ended-expired = Caducada
ended-expired-line = Caducada ({ $time }). No se ha aprobado nada.
ended-expired-detail = Si todavía lo quieres, pide a { $requester } que la envíe de nuevo.
ended-unconfirmed = Sin confirmar
ended-unconfirmed-line = Caducada ({ $time }). No se sabe si tu respuesta llegó.
ended-unconfirmed-detail = Se ha enviado y el servidor no la ha confirmado. Mira el historial cuando se pueda conectar con el servidor o pregunta a { $requester }.
ended-elsewhere-approved = Respondida en otro lugar
ended-elsewhere-approved-line = Aprobada en otro dispositivo.
ended-elsewhere-approved-detail = No se ha respondido desde este equipo. Si no has sido tú, díselo a { $requester } ahora mismo.
ended-elsewhere-denied = Respondida en otro lugar
ended-elsewhere-denied-line = Rechazada en otro dispositivo.
ended-elsewhere-denied-detail = No se ha respondido desde este equipo. No se ha aprobado nada.
ended-elsewhere-unknown = Respondida en otro lugar
ended-elsewhere-unknown-line = Ya se ha respondido en otro dispositivo.
ended-elsewhere-unknown-detail = No se ha enviado nada desde este equipo. La respuesta está en el historial.
ended-withdrawn = Retirada
ended-withdrawn-line = { $requester } ha retirado esta solicitud.
ended-withdrawn-detail = No se ha aprobado nada.

## Errors: what happened, whether anything was approved, what to do

error-code = Código: { $code }
error-during-link = No se ha añadido ni enviado nada.
error-during-enrol = La cuenta no se ha añadido.
error-during-remove = La cuenta no se ha quitado.
error-during-change = No se ha cambiado nada.
error-linkInvalid = Esto no es un enlace de registro
error-linkInvalid-advice = Copia el enlace entero del sitio, desde countersign:// hasta el final, y pégalo de nuevo.
error-linkOneTimeCode = Esto es un código para contraseñas de un solo uso
error-linkOneTimeCode-advice = Countersign no las utiliza. Usa una aplicación de códigos de un solo uso o pide al sitio una aprobación por notificación.
error-linkOtherKind = Este enlace es para otro tipo de dispositivo
error-linkOtherKind-advice = Pide al sitio un registro que apruebe por notificación.
error-linkTooNew = Este enlace es más reciente que este Countersign
error-linkTooNew-advice = Actualiza Countersign y vuelve a abrir el enlace.
error-linkInsecure = La dirección de este enlace no es segura
error-linkInsecure-advice = No lo uses. Pide al sitio un enlace cuyo servidor empiece por https.
error-codeMissing = No se ha encontrado ningún código QR en la imagen
error-codeMissing-advice = Haz el código más grande o más nítido, con algo de espacio libre alrededor, e inténtalo de nuevo. También puedes copiar el enlace que hay debajo.
error-codeOther = Este código QR no es un registro
error-codeOther-advice = Contiene otra cosa, que no se ha abierto. Busca el código que el sitio llama registro o configuración.
error-pictureTooLarge = Esta imagen es demasiado grande
error-pictureTooLarge-advice = Recorta la parte con el código e inténtalo de nuevo. Se leen como mucho 20 MB y 50 millones de puntos.
error-pictureUnknown = Countersign no puede leer esta imagen
error-pictureUnknown-advice = Usa PNG, JPEG, WebP, GIF o BMP, o selecciona una zona de la pantalla.
error-pictureDamaged = Esta imagen está dañada
error-pictureDamaged-advice = Guárdala o cópiala de nuevo, o selecciona una zona de la pantalla.
error-clipboardEmpty = No hay ninguna imagen ni enlace que pegar
error-clipboardEmpty-advice = Copia primero el código QR o el enlace y pégalo aquí.
error-screenUnavailable = Este escritorio no deja que Countersign vea la pantalla
error-screenUnavailable-advice = Haz tú una captura del código y suéltala aquí, o copia el enlace. En macOS, permite la grabación de pantalla en los ajustes de privacidad.
error-linkUsedOrExpired = Este enlace ya se ha usado o ha caducado
error-linkUsedOrExpired-advice = Consigue uno nuevo en el sitio. Si no fuiste tú quien usó el anterior, avisa al sitio de que fue otra persona.
error-notFound = Esta solicitud ya no existe
error-notFound-what = No se ha aprobado nada.
error-notFound-advice = Si todavía lo quieres, pide al sitio que la envíe de nuevo.
error-notFound-remove = Esta cuenta ya no está en este equipo
error-notFound-remove-what = No había nada que quitar.
error-notFound-remove-advice = No hay que hacer nada más.
error-expired = Esta solicitud ha caducado
error-expired-what = No se ha aprobado nada.
error-expired-advice = Si todavía lo quieres, pide al sitio que la envíe de nuevo.
error-alreadyAnswered = Esta solicitud ya se ha respondido
error-alreadyAnswered-what = No se ha enviado nada desde este equipo.
error-alreadyAnswered-advice = La respuesta está en el historial.
error-changedSinceShown = Esta solicitud ha cambiado después de que la vieras
error-changedSinceShown-what = No se ha firmado nada.
error-changedSinceShown-advice = Vuelve a leerla antes de responder.
error-numberNeeded = Esta solicitud se aprueba con un número
error-numberNeeded-what = No se ha aprobado nada.
error-numberNeeded-advice = Escribe el número que aparece donde la iniciaste.
error-wrongNumber = Ese no es el número
error-wrongNumber-what =
    { $count ->
        [one] No se ha aprobado nada. Queda un intento; después, la solicitud se rechaza.
       *[other] No se ha aprobado nada. Quedan { $count } intentos.
    }
error-wrongNumber-advice = Vuelve a mirarlo donde iniciaste la solicitud.
error-wrongNumberDenied = Tres veces no fue el número
error-wrongNumberDenied-what = La solicitud se ha rechazado. No se ha aprobado nada.
error-wrongNumberDenied-advice = Si todavía lo quieres, pide al sitio que la envíe de nuevo.
error-numberLocked = Demasiados números incorrectos
error-numberLocked-what = No se ha aprobado nada. Por ahora el servidor no acepta más números de este equipo.
error-numberLocked-advice = Vuelve a intentarlo mañana o inicia sesión de otra forma. Rechazar sigue siendo posible.
error-presenceRefused = No se ha confirmado que seas tú
error-presenceRefused-what = No se ha aprobado ni cambiado nada.
error-presenceRefused-advice = Inténtalo de nuevo y responde cuando el sistema pregunte.
error-presenceUnavailable = Este equipo no puede confirmar que eres tú
error-presenceUnavailable-what = No se ha aprobado ni cambiado nada.
error-presenceUnavailable-advice = Define un PIN en Ajustes. Si una cuenta ya pide confirmación, quítala en Factores y vuelve a añadirla desde el sitio.
error-presenceUnavailable-unlock-advice = Vuelve a activar lo que antes preguntaba por ti: Windows Hello, Touch ID o, en Linux, un agente de polkit. Si ya no existe, escribe «countersign pin set» en un terminal y desbloquea con ese PIN; si para eso hay que quitar una cuenta, se indica allí.
error-pinNeeded = Para esto hace falta tu PIN
error-pinNeeded-what = No se ha aprobado ni cambiado nada.
error-pinNeeded-advice = Escribe tu PIN de Countersign.
error-pinWrong =
    { $seconds ->
        [0] Ese no es el PIN
       *[other] Ahora no se acepta ningún PIN
    }
error-pinWrong-what =
    { $seconds ->
        [0] No se ha aprobado ni cambiado nada. { $count ->
            [one] Queda un intento.
           *[other] Quedan { $count } intentos.
        }
        [one] No se ha aprobado ni cambiado nada. Tras demasiados errores, no se comprueba ningún PIN durante un segundo más, ni siquiera el correcto.
       *[other] No se ha aprobado ni cambiado nada. Tras demasiados errores, no se comprueba ningún PIN durante { $seconds } segundos, ni siquiera el correcto.
    }
error-pinWrong-advice = Si lo has olvidado, quita tus cuentas, en una terminal con countersign remove, y vuelve a añadirlas desde sus sitios.
error-pinLength = Un PIN tiene de 6 a 128 caracteres
error-pinLength-what = No se ha aprobado ni cambiado nada.
error-pinLength-advice = Elige otro.
error-pinStillNeeded = El PIN todavía hace falta
error-pinStillNeeded-what = No se ha aprobado nada y el PIN no se ha quitado.
error-pinStillNeeded-advice = Una cuenta pide confirmación y este equipo no tiene otra cosa para ello. Desactívalo primero.
error-offline = No se puede conectar con el servidor
error-offline-what = No se ha enviado nada.
error-offline-approve-what = Tu aprobación no está confirmada y no se guarda para más tarde.
error-offline-deny-what = Tu rechazo no está confirmado.
error-offline-report-what = Tu rechazo no está confirmado y no se ha avisado a nadie.
error-offline-advice = Comprueba la conexión e inténtalo de nuevo.
error-unconfirmed = No se sabe si tu respuesta llegó
error-unconfirmed-what = Se ha enviado y el servidor no la ha confirmado.
error-unconfirmed-report-what = Tu rechazo se ha enviado y el servidor no lo ha confirmado. No se ha avisado a nadie.
error-unconfirmed-advice = Mira dentro de un momento, aquí o en el historial, qué ha sido de ella. Lo que siga esperando se puede responder de nuevo.
error-clock = El servidor no acepta el reloj de este equipo
error-clock-what = No se ha aprobado nada.
error-clock-advice = Pon la fecha y la hora en automático en la configuración del sistema e inténtalo de nuevo.
error-keychainMissing = Este equipo no tiene un llavero donde guardar claves
error-keychainMissing-what = No se ha aprobado nada ni se ha creado ninguna clave.
error-keychainMissing-advice = Instala e inicia un llavero, como GNOME Keyring o KWallet, e inténtalo de nuevo.
error-keychainLocked = El llavero está bloqueado
error-keychainLocked-what = No se ha aprobado nada.
error-keychainLocked-advice = Desbloquéalo e inténtalo de nuevo.
error-keychainRefused = El llavero no ha permitido usar la clave
error-keychainRefused-what = No se ha aprobado nada.
error-keychainRefused-advice = Da permiso a Countersign cuando el sistema lo pida e inténtalo de nuevo.
error-keyLost = La clave de esta cuenta ya no está en este equipo
error-keyLost-what = No se ha aprobado nada, y esta clave no se puede recuperar.
error-keyLost-advice = Quita la cuenta en Factores y vuelve a añadirla desde el sitio.
error-refused = El servidor lo ha rechazado
error-refused-what = No se ha aprobado nada.
error-refused-advice = Inténtalo de nuevo. Si sigue pasando, díselo al sitio e indica el código de abajo.
error-factorRevoked = El sitio ya no acepta la clave de este equipo
error-factorRevoked-what = No se ha aprobado nada.
error-factorRevoked-advice = Quita la cuenta en Factores. Si todavía la necesitas, vuelve a añadirla desde el sitio.
error-locked = Countersign está bloqueado
error-locked-what = No se ha aprobado nada.
error-locked-advice = Desbloquéalo e inténtalo de nuevo.
error-lockUnavailable = Este equipo no puede averiguar quién lo está usando
error-lockUnavailable-what = No se ha bloqueado ni desbloqueado nada, y no se ha aprobado nada.
error-lockUnavailable-advice = Define un PIN en los ajustes e inténtalo de nuevo.
error-choiceInvalid = Este valor no se puede usar
error-choiceInvalid-what = No se ha cambiado ni aprobado nada.
error-choiceInvalid-advice = Elige otro.
error-autostartRefused = El sistema no lo ha aceptado
error-autostartRefused-what = Countersign se inicia como antes. No se ha aprobado nada.
error-autostartRefused-advice = Añade o quita Countersign en la lista del sistema de programas que se inician solos.
error-storage = Countersign no puede leer o escribir sus propios datos
error-storage-what = No se ha aprobado nada.
error-storage-advice = Comprueba que el disco no esté lleno y que los archivos sean tuyos, e inténtalo de nuevo.
error-storageTooNew = Estos datos los escribió un Countersign más reciente
error-storageTooNew-what = No se ha aprobado ni cambiado nada.
error-storageTooNew-advice = Actualiza Countersign; uno más antiguo no puede leerlos.
error-storageDamaged = Los datos de Countersign están dañados
error-storageDamaged-what = No se ha aprobado nada.
error-storageDamaged-advice = Restaura el perfil desde una copia, o quítalo y vuelve a añadir tus cuentas.
error-storageOutdated = Este Countersign funciona con una base de datos demasiado antigua
error-storageOutdated-what = No se ha aprobado nada.
error-storageOutdated-advice = Vuelve a instalar Countersign desde su propio paquete.
error-keyUnclear = No se distingue cuál es la clave de esta cuenta
error-keyUnclear-what = No se ha aprobado nada. El llavero tiene más de una entrada para ella, o una dañada.
error-keyUnclear-advice = Quita la cuenta en Factores y vuelve a añadirla desde el sitio.
error-vaultLocked = La frase de contraseña de la caja fuerte falta o es incorrecta
error-vaultLocked-what = No se ha aprobado nada.
error-vaultLocked-advice = Escribe la frase de contraseña correcta en el archivo que indica COUNTERSIGN_VAULT_PASSPHRASE_FILE e inténtalo de nuevo.
error-passphraseNeeded = Countersign necesita tu frase de contraseña
error-passphraseNeeded-what = No se ha aprobado nada.
error-passphraseNeeded-advice = Escríbela en la ventana de Countersign.
error-passphraseWrong = Esa no es la frase de contraseña
error-passphraseWrong-what = No se ha aprobado ni cambiado nada.
error-passphraseWrong-advice = Escríbela de nuevo, con las mismas mayúsculas y espacios. Sin ella no se pueden usar las claves de su archivo.
error-passphraseShort = Una frase de contraseña tiene al menos 8 caracteres
error-passphraseShort-what = No se ha aprobado ni cambiado nada.
error-passphraseShort-advice = Elige una más larga; mejor varias palabras.
error-vaultMissing = El archivo de la caja fuerte no está
error-vaultMissing-what = No se ha aprobado nada.
error-vaultMissing-advice = Devuelve el archivo a su sitio e inténtalo de nuevo. Si se ha perdido, sus claves también: vuelve a usar el llavero del sistema, quita las cuentas de esas claves y añádelas de nuevo desde sus sitios.
error-vaultUnusable = El archivo de la caja fuerte no se puede usar
error-vaultUnusable-what = No se ha aprobado nada.
error-vaultUnusable-advice = Comprueba que el archivo sea solo tuyo y que se pueda leer y escribir, e inténtalo de nuevo.
error-vaultDamaged = El archivo de la caja fuerte está dañado
error-vaultDamaged-what = No se ha aprobado nada.
error-vaultDamaged-advice = Restaura el archivo desde una copia, o quítalo y vuelve a añadir tus cuentas.
error-vaultFull = La caja fuerte está llena
error-vaultFull-what = No se ha aprobado nada ni se ha creado ninguna clave.
error-vaultFull-advice = Quita una cuenta que ya no necesites e inténtalo de nuevo.
error-internal = Algo ha fallado dentro de Countersign
error-internal-what = No se ha confirmado nada como aprobado.
error-internal-advice = Inténtalo de nuevo. Si sigue pasando, reinicia Countersign.

## Add account

add-title = Añadir cuenta
add-intro = El sitio para el que quieres aprobar muestra un código QR o un enlace de registro. Trae aquí cualquiera de los dos.
add-code = Desde un código QR
add-code-hint = Suelta una imagen en cualquier parte de esta página, o pégala. Se lee en este equipo y no se guarda.
add-screen = Seleccionar una zona de la pantalla
add-file = Elegir una imagen
add-paste = Pegar una imagen o un enlace
add-camera = Usar la cámara
add-camera-none = Este equipo no tiene cámara
add-drop-here = Suelta aquí la imagen
add-link = Enlace de registro
add-link-hint = Empieza por countersign:// y sirve una sola vez, durante unos minutos.
add-continue = Continuar
add-reading = Leyendo…
choose-title = ¿Qué cuenta?
choose-intro = Se han encontrado { $count } códigos de registro. La dirección dice adónde lleva cada uno.
camera-title = Muestra el código QR a la cámara
camera-intro = Sostenlo de modo que llene más o menos la mitad de la imagen. Lo que ve la cámara se queda en este equipo y no se guarda.
camera-opening = Abriendo la cámara…
camera-looking = Buscando un código…
camera-none = Aquí no se puede usar ninguna cámara. Selecciona una zona de la pantalla o elige una imagen.
camera-refused = El sistema no deja que Countersign use la cámara. Permítelo en los ajustes de privacidad del sistema o elige otra forma.
camera-other-way = Elegir otra forma
confirm-title = ¿Añadir esta cuenta?
confirm-host = Este enlace pertenece a
confirm-host-unicode = Se parece a { $unicode }
confirm-punycode-title = Esta dirección está escrita con letras extranjeras
confirm-punycode = Puede que imite a otra. Compárala letra por letra con el sitio en el que pensabas.
confirm-loopback = Un servidor en este equipo. Sirve para hacer pruebas.
confirm-cloud = Un servicio en la nube que comparten muchos sitios. No demuestra qué sitio creó este enlace.
confirm-issuer = Sitio
confirm-account = Cuenta
confirm-identity = Identidad
confirm-claimed = según el enlace
confirm-later = se sabrá al continuar
confirm-created = Se creará
confirm-created-value = Una nueva clave de firma, solo para esta cuenta
confirm-key = La clave estará en
confirm-key-value = { $location }; Countersign nunca la envía a ninguna parte
key-place-keyring = el llavero de este escritorio
key-place-macKeychain = el llavero de macOS
key-place-credentialManager = el Administrador de credenciales de Windows
key-place-vault = un archivo cifrado con tu frase de contraseña
key-place-memory = la memoria, hasta que el programa termine
confirm-only = Continúa solo si acabas de iniciar esto tú y confías en { $host }.
confirm-only-cloud = Continúa solo si has iniciado esto tú, en un sitio en el que confías.
confirm-add = Añadir cuenta
confirm-adding = Creando la clave y avisando a { $host }…
added-title = Se ha añadido { $name }
added-line = A partir de ahora, las solicitudes de { $host } aparecerán en la bandeja de entrada.
added-key = Su clave se ha creado en este equipo y se queda aquí: { $location }.
added-inbox = Ir a la bandeja de entrada
added-another = Añadir otra

## Factors

factors-title = Factores
factors-intro = Cada factor es una clave de este equipo que un sitio acepta como tu respuesta.
factors-empty-title = Aún no hay factores
factors-empty-hint = Añade una cuenta para crear el primero.
factor-server = Servidor
factor-identity = Identidad
factor-key = La clave está en
factor-added = Añadido
factor-contact = Último contacto
factor-never = nunca
factor-remove = Quitar
factor-remove-name = Quitar { $name }
factor-online = Conectado
factor-offline = Sin conexión desde { $time }
factor-skewed = El reloj difiere en { $difference }
factor-signed-out = Clave ya no aceptada
factor-signed-out-advice = El sitio ha quitado este factor. Quítalo aquí y, si todavía lo necesitas, vuelve a añadirlo desde el sitio.
factor-never-checked = Aún sin comprobar
factor-unverified = Sin terminar
factor-unverified-advice = Se interrumpió el proceso de añadir esta cuenta. Countersign lo terminará cuando se pueda conectar con el servidor.
remove-title = ¿Quitar { $name }?
remove-line = La clave de { $account } en { $host } se borra de este equipo y no se puede recuperar.
remove-advice = Asegúrate de que todavía puedes iniciar sesión allí de otra forma.
remove-confirm = Quitar y borrar la clave
removing = Quitando…
removed = Se ha quitado { $name }. Se ha avisado a { $host }.
removed-untold = Se ha quitado { $name } de este equipo. Todavía no se ha podido avisar a { $host }; Countersign lo hará cuando se pueda conectar.

factor-mute = Notificaciones
factor-mute-hint = Las solicitudes aparecen aquí en cualquier caso.
policy-title = Cómo se aprueban las solicitudes
policy-verification = Confirmar que eres tú
policy-verification-hint = Con el sistema de este equipo, o con tu PIN donde el sistema no pueda preguntar. Para rechazar nunca hace falta.
policy-verification-never = Nunca
policy-verification-unusual = Si es nuevo o inusual
policy-verification-always = Antes de cada aprobación
policy-answerFromNotification = Aprobar desde las notificaciones
policy-answerFromNotification-hint = Si no, una notificación ofrece revisar y rechazar. Nunca mientras Countersign esté bloqueado, ni donde haya que escribir un número.
policy-answerFromTray = Aprobar desde el menú de la bandeja del sistema
policy-answerFromTray-hint = Si no, el menú ofrece revisar y rechazar.
policy-silentOnThisComputer = Aprobar automáticamente lo iniciado aquí
policy-silentOnThisComputer-hint = Cuando una página de este equipo entrega la prueba de que inició una solicitud de { $requester }.
policy-silent-warning-title = Entonces no se pregunta a nadie
policy-silent-warning = Quien use este equipo, cualquier programa en él y cualquier sitio web abierto en él puede hacer que se aprueben solicitudes de { $requester }. Nunca una con un número que escribir, ni una nueva o inusual. El historial las marca.

## Settings

settings-intro = Los cambios se guardan al momento.
settings-back = Volver a los ajustes
settings-look = Idioma y aspecto
settings-language = Idioma
settings-language-system = El del sistema
settings-theme = Tema
settings-theme-system = El del sistema
settings-theme-light = Claro
settings-theme-dark = Oscuro
settings-background = Notificaciones y segundo plano
settings-notifications = Notificaciones
settings-notifications-hint = Avisar cuando un sitio pida tu aprobación.
trial = Notificación de prueba
trial-hint = Muestra si tu sistema las deja pasar.
trial-show = Mostrar una
trial-question = ¿La has visto?
trial-yes = Sí
trial-no = No
trial-seen = Bien: así te llegarán las solicitudes.
trial-unseen = Entonces tu sistema las retiene. Mira en sus ajustes si las notificaciones de Countersign están desactivadas o si ahora está en modo no molestar. En cualquier caso, las solicitudes esperan en esta ventana.
trial-refused = Este escritorio no ha aceptado la notificación. «Estado de la instalación», en Ajustes, dice qué falta. En cualquier caso, las solicitudes esperan en esta ventana.
settings-mute = Silencio por un rato
settings-mute-hint = Ninguna notificación de nadie. Las solicitudes siguen apareciendo aquí.
settings-closeToTray = Seguir en la bandeja del sistema
settings-closeToTray-hint = Al cerrar la ventana, Countersign sigue en marcha para que las solicitudes te lleguen. Si no hay bandeja del sistema, cerrar termina el programa.
settings-autostart = Iniciar con el sistema
settings-autostart-hint = En la bandeja del sistema, sin ventana.
settings-autostart-unknown = Este sistema no ha dicho si inicia Countersign.
settings-lock = Bloqueo y privacidad
settings-lock-now = Bloquear ahora
settings-lock-now-hint = Oculta todo salvo cuántas solicitudes esperan.
settings-lock-impossible = Define antes un PIN: este equipo no tiene otra forma de saber que eres tú.
settings-lock-after = Bloquear cuando nadie lo use
settings-lock-never = Nunca
settings-lock-minutes =
    { $minutes ->
        [one] Tras 1 minuto
       *[other] Tras { $minutes } minutos
    }
settings-lockWithSystem = Bloquear con el sistema
settings-lockWithSystem-hint = Cuando se bloquea la pantalla y antes de que el equipo se suspenda.
settings-pin-system = El sistema de este equipo pregunta quién está ahí, así que el PIN no hace falta. Se pedirá si alguna vez el sistema no puede.
settings-pin-set = Se pide donde el sistema no puede preguntar quién está ahí.
settings-pin-none = Para equipos cuyo sistema no puede preguntar quién está ahí. Sin él, aquí no se puede bloquear ni confirmar nada.
settings-hideFromCapture = Ocultar en capturas de pantalla
settings-hideFromCapture-hint = Deja esta ventana fuera de capturas y pantallas compartidas en Windows y macOS. Los escritorios de Linux no ofrecen a los programas forma de hacerlo, así que allí no tiene efecto.
settings-history = Conservar el historial
settings-history-hint = Lo más antiguo se borra de este equipo, con tus respuestas firmadas.
settings-history-ever = Para siempre
settings-history-days =
    { $days ->
        [one] Durante 1 día
       *[other] Durante { $days } días
    }
settings-help = Ayuda e información
mute-off = Sin silenciar
mute-for =
    { $hours ->
        [one] Silenciar 1 hora
       *[other] Silenciar { $hours } horas
    }
mute-until = Silenciado hasta { $time }.
mute-reported-until = Silenciado hasta { $time }, porque dijiste que una solicitud no era tuya.
about-version = Countersign { $version }
about-licences = Software libre, con licencia MIT o Apache 2.0, a tu elección. Con la tipografía Inter (SIL Open Font License) e iconos de Lucide (ISC).

## The PIN

pin = PIN
pin-set = Definir un PIN
pin-change = Cambiar
pin-remove = Quitar
pin-ask-title = Escribe tu PIN
pin-confirm = Confirmar
pin-checking = Comprobando…
pin-set-title = Definir un PIN
pin-set-line = Countersign lo pide donde el sistema de este equipo no puede preguntar quién está ahí. No se puede recuperar.
pin-set-confirm = Definir el PIN
pin-change-title = Cambiar el PIN
pin-change-line = El nuevo sustituye al anterior al momento.
pin-change-confirm = Cambiar el PIN
pin-remove-title = ¿Quitar el PIN?
pin-remove-line = Después no se podrá bloquear ni confirmar nada en este equipo, salvo que su sistema pregunte quién está ahí.
pin-remove-confirm = Quitar el PIN
pin-old = PIN actual
pin-new = PIN nuevo
pin-new-hint = De 6 a 128 caracteres; también valen letras y signos.
pin-again = PIN nuevo otra vez
pin-differs = Estos dos aún no coinciden.

## Locked

lock-title = Countersign está bloqueado
lock-count =
    { $count ->
        [0] No espera ninguna solicitud
        [one] Espera 1 solicitud
       *[other] Esperan { $count } solicitudes
    }
lock-line = Quién pide, y qué, se muestra al desbloquear.
unlock = Desbloquear
lock-waiting = Esperando al sistema…

## Setup health

health-title = Estado de la instalación
health-intro = Lo que Countersign necesita de este equipo y cómo está.
health-hint = Lo que falla en este equipo y cómo arreglarlo.
health-open = Comprobar
health-again = Volver a comprobar
health-looking = Comprobando…
health-worst-ok = Todo está bien.
health-worst-warn = Countersign funciona, pero no tan bien como podría aquí.
health-worst-bad = Hay que arreglar algo antes de poder responder solicitudes.
health-state-ok = En orden:
health-state-warn = Podría mejorar:
health-state-bad = Por arreglar:
health-keychain-works = Se puede acceder al llavero
health-keychain-locked = El llavero está bloqueado
health-keychain-locked-advice = Desbloquéalo en tu aplicación de contraseñas o llaveros, o cierra la sesión del equipo y vuelve a iniciarla.
health-keychain-missing = No hay ningún llavero
health-keychain-missing-advice = Instala un servicio de llavero, como GNOME Keyring o KWallet, y vuelve a iniciar sesión en el escritorio.
health-keyLocation-works = Lugar de las claves nuevas: { $place }
health-notifications-works = Se pueden mostrar notificaciones, con botones
health-notifications-limited = Se pueden mostrar notificaciones, pero sin botones
health-notifications-limited-advice = El servicio de notificaciones del escritorio no los dibuja. Las solicitudes se responden en la ventana y en la bandeja del sistema.
health-notifications-missing = No se pueden mostrar notificaciones
health-notifications-missing-advice = Inicia un servicio de notificaciones en este escritorio o deja la ventana abierta donde la veas.
health-notifications-unknown = No se sabe si se pueden mostrar notificaciones
health-notifications-unknown-advice = Si no aparece ninguna, busca Countersign en los ajustes de notificaciones del sistema.
health-tray-works = Hay una bandeja del sistema en la que quedarse
health-tray-limited = Hay bandeja del sistema, pero falta la biblioteca que dibuja en ella
health-tray-limited-advice = Instala el paquete libayatana-appindicator3-1 y vuelve a iniciar Countersign.
health-tray-missing = Este escritorio no tiene bandeja del sistema
health-tray-missing-advice = Al cerrar la ventana termina Countersign, y las solicitudes se ven cuando vuelve a abrirse. GNOME obtiene una bandeja con su extensión AppIndicator.
health-tray-unknown = No se sabe si hay bandeja del sistema
health-links-works = Los enlaces de registro abren Countersign
health-links-missing = Los enlaces de registro no abren nada
health-links-missing-advice = Inicia Countersign otra vez, o copia los enlaces y pégalos en Añadir cuenta.
health-links-elsewhere = Los enlaces de registro abren otro programa: { $detail }
health-links-elsewhere-advice = Si no es lo que quieres, elige Countersign para los enlaces countersign en la configuración del sistema.
health-links-unknown = No se sabe qué programa abre los enlaces de registro
health-links-unknown-advice = Copia los enlaces y pégalos en Añadir cuenta.
health-clock-works = El reloj está bien
health-clock-off = El reloj difiere en { $detail }
health-clock-off-advice = Pon la fecha y la hora en automático en la configuración del sistema; si no, puede que se rechacen tus respuestas.
health-clock-unknown = Se sabrá si el reloj está bien cuando haya respondido un servidor
health-presence-works = Se puede confirmar que eres tú
health-presence-missing = No se puede confirmar que eres tú
health-presence-missing-advice = Define un PIN en Ajustes, para que Countersign se pueda bloquear y las cuentas puedan pedirlo.
health-presence-unknown = Si se puede confirmar que eres tú se sabrá cuando el sistema de este equipo lo haya hecho una vez
health-presence-unknown-advice = Elige «Bloquear ahora» en Ajustes: entonces el sistema pregunta por primera vez.
health-autostart-works = Countersign se inicia con el sistema
health-autostart-notChosen = Countersign no se inicia con el sistema
health-autostart-notChosen-advice = No pasa nada. Se puede activar en Ajustes.
health-autostart-unknown = No se sabe si Countersign se inicia con el sistema
health-autostart-unknown-advice = Búscalo en la lista del sistema de programas que se inician solos.
health-capture-works = La ventana se puede dejar fuera de las capturas de pantalla
health-capture-missing = La ventana no se puede dejar fuera de las capturas de pantalla
health-capture-missing-advice = Los escritorios de Linux no ofrecen a los programas forma de hacerlo. Bloquea Countersign antes de compartir la pantalla.

## History

history-title = Historial
history-intro = Lo que te han pedido y cómo terminó.
history-empty-title = Nada todavía
history-empty-hint = Aquí se guardan las solicitudes respondidas y caducadas.
history-approved-here = Aprobada en este equipo
history-approved-elsewhere = Aprobada en otro dispositivo
history-denied-here = Rechazada en este equipo
history-denied-elsewhere = Rechazada en otro dispositivo
history-expired = Caducada
history-wrong-numbers =
    { $count ->
        [one] Rechazada tras un número incorrecto
       *[other] Rechazada tras { $count } números incorrectos
    }
history-number-server = número comprobado por el servidor
history-number-app = número comprobado por esta aplicación
history-silent = aprobada sin preguntar, porque se inició en este equipo
history-started-here = iniciada en este equipo
history-verified = Confirmación de que eras tú
history-verified-system = Por el sistema de este equipo
history-verified-pin = Con el PIN
history-verified-nobody = No se preguntó a nadie
history-search = Buscar en el historial
history-account = Cuenta
history-account-all = Todas las cuentas
history-found =
    { $count ->
        [one] 1 entrada
       *[other] { $count } entradas
    }
history-none-found = Nada en el historial coincide.
history-missing = Esa solicitud no está en el historial de este equipo.
history-outcome = Resultado
history-when = Cuándo
history-when-value = Recibida: { $asked }, terminada: { $ended }
history-proof = Tu firma
history-proof-kept = Guardada en este equipo, como prueba de lo que respondiste
history-proof-none = No guardada en este equipo

## First run

welcome-title = Aprueba inicios de sesión desde este equipo
welcome-line = Un sitio pregunta, ves quién pide qué, y apruebas o rechazas. Tu respuesta se firma con una clave que nunca sale de este equipo.
welcome-step-link = Busca el código QR o el enlace de registro que te muestra el sitio.
welcome-step-confirm = Suéltalo o pégalo aquí y comprueba quién pregunta.
welcome-step-answer = Desde entonces, las solicitudes aparecen en esta ventana.
start-step = Paso { $step } de { $steps }
start-begin = Empezar
start-next = Continuar
start-later = Más tarde
start-notifications-title = Entérate cuando alguien pregunte
start-notifications-line = Una notificación dice quién pide y qué; mientras Countersign está bloqueado, solo que espera una solicitud. Sin notificaciones, las solicitudes esperan aquí hasta que mires.
start-lock-title = Demuestra que eres tú
start-lock-line = Countersign puede ocultar lo que muestra y comprobar que eres tú antes de aprobar. Lo eliges para cada cuenta, en Factores.
start-lock-system = Pregunta el sistema de este equipo: con tu contraseña, tu huella o tu cara, como lo configuraste allí.
start-autostart-title = ¿Iniciar con el sistema?
start-autostart-line = Countersign espera entonces en la bandeja del sistema, para que las solicitudes te lleguen sin tener que abrirlo antes.
start-add-title = Añade tu primera cuenta
start-add-line = El sitio para el que quieres aprobar muestra un enlace o un código. No hace falta más.
start-again = Introducción
start-again-hint = Los primeros pasos una vez más.
start-again-open = Mostrar
practice = Solicitud de práctica
practice-hint = Responde a una inventada. No se firma ni se envía nada.
practice-open = Practicar antes
practice-show = Probar
practice-title = Solo es práctica
practice-line = Nadie ha preguntado. No se firma, envía ni guarda nada. Lo que está en la bandeja de entrada siempre es real, se llame como se llame.
practice-requester = Tienda de ejemplo
practice-message = ¿Iniciar sesión en tu cuenta de cliente?
practice-place = Lugar
practice-place-value = Una ciudad que conoces, o no
practice-device = Dispositivo
practice-device-value = El navegador de este equipo
practice-step-who = Mira quién pide, y la dirección que hay bajo el nombre.
practice-step-what = Lee lo que quieren, con sus propias palabras.
practice-step-answer = Aprueba solo lo que has iniciado tú. Aquí puedes elegir lo que quieras.
practice-approved = Aprobada, como práctica
practice-approved-line = Con una solicitud real, tu respuesta se habría firmado con la clave de este equipo y enviado. No se podría deshacer.
practice-denied = Rechazada, como práctica
practice-denied-line = Con una solicitud real, no se aprobaría nada y se te preguntaría si la habías iniciado tú.
practice-reported = Rechazada y avisado, como práctica
practice-reported-line = Con una solicitud real, se avisaría al sitio de que no has sido tú y sus notificaciones se silenciarían 20 minutos.
practice-expired = Caducada, como práctica
practice-expired-line = Nadie respondió a tiempo. Con una solicitud real, no se aprobaría nada.
practice-again = Otra vez
practice-end = Terminar la práctica

## Keychain trouble and other full pages

keychain-locked-title = Tu llavero está bloqueado
keychain-locked-line = Countersign guarda ahí sus claves de firma, así que no puede responder solicitudes hasta que se desbloquee. No se ha aprobado ni perdido nada.
keychain-locked-step-one = Elige «Desbloquear el llavero»: puede que el sistema te pida su contraseña.
keychain-locked-step-two = Si nada te la pide, desbloquéalo en tu aplicación de contraseñas o llaveros, o cierra la sesión del equipo y vuelve a iniciarla.
keychain-missing-title = No se ha encontrado ningún llavero
keychain-missing-line = Countersign guarda sus claves de firma en el llavero del sistema y nunca en un archivo abierto, así que no puede continuar sin él. No se ha aprobado ni perdido nada.
keychain-missing-step-one = Instala un servicio de llavero, como GNOME Keyring o KWallet, y vuelve a iniciar sesión en el escritorio.
keychain-missing-step-two = Si este equipo no puede tener uno, usa en su lugar una frase de contraseña: las claves estarán entonces en un archivo que solo tu frase abre.
keychain-unlock = Desbloquear el llavero
vault-instead = Usar una frase de contraseña
vault-title = ¿Usar en su lugar una frase de contraseña?
vault-line = Las claves nuevas estarán en un archivo de este equipo que solo tu frase de contraseña abre. Countersign la pide en cada inicio y nunca la guarda.
vault-keys-stay = Las claves del llavero del sistema se quedan allí intactas. Las solicitudes a sus cuentas te llegarán de nuevo cuando se pueda abrir.
vault-confirm = Usar esta frase
passphrase = Frase de contraseña
passphrase-hint = Al menos 8 caracteres; mejor varias palabras. No se puede recuperar.
passphrase-again = Frase de contraseña otra vez
passphrase-title = Escribe tu frase de contraseña
passphrase-line = Las claves de firma de este equipo están en un archivo que solo tu frase de contraseña abre. Hasta entonces no llega ninguna solicitud. No se ha aprobado ni perdido nada.
passphrase-open = Abrir
system-keychain = Volver a usar el llavero del sistema
system-keychain-title = ¿Volver a usar el llavero del sistema?
system-keychain-line = Las cuentas cuya clave está en el llavero del sistema vuelven a funcionar de inmediato, y las claves nuevas se crean allí.
system-keychain-closed = Las cuentas cuya clave está en el archivo que abre tu frase de contraseña siguen cerradas hasta que la escribas. El archivo se queda como está.
system-keychain-confirm = Usar el llavero
trouble-title = Countersign no ha podido iniciarse bien
trouble-state = Estado: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Abrir la bandeja de entrada
       *[other] Abrir la bandeja de entrada ({ $count })
    }
tray-more =
    { $count ->
        [one] Una solicitud más
       *[other] { $count } solicitudes más
    }
no-tray = Este escritorio no tiene bandeja del sistema
no-tray-what = Al cerrar la ventana termina Countersign. Entonces no se avisa de las solicitudes.
tray-check-now = Comprobar ahora
tray-mute = Silenciar notificaciones
tray-mute-minutes = Durante 20 minutos
tray-mute-hour = Durante 1 hora
tray-mute-tomorrow = Hasta mañana
tray-unmute = Dejar de silenciar
tray-lock = Bloquear
tray-quit = Salir
notify-asks = { $requester } pide tu aprobación
notify-question = { $requester } pregunta: { $question }
notify-locked = Una solicitud espera tu respuesta
notify-locked-body = Desbloquea Countersign para verla.
notify-burst = { $requester } sigue preguntando
notify-burst-locked = Siguen llegando solicitudes
notify-burst-body = Las siguientes aparecerán solo en Countersign, sin notificación. Si no eres tú, avisa desde allí.
notify-approved = Aprobada · { $requester }
notify-denied = Rechazada · { $requester }
notify-denied-body = Si no lo has iniciado tú, avisa desde Countersign.
notify-failed = { $requester }: tu respuesta no está confirmada
notify-failed-locked = Tu respuesta no está confirmada
notify-trial = Esto es solo una prueba
notify-trial-body = Nadie pide nada. Así te llegarán las solicitudes.
notify-see = Abre Countersign para ver de qué se trata.
notify-open = Abrir
notify-review = Revisar
