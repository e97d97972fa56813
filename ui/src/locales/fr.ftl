# French. People are addressed with “vous”.
# approve = approuver, deny = refuser, request = demande, account = compte, factor = facteur, key = clé,
# keychain = trousseau, site = site, enrolment link = lien d’inscription, vault = coffre.

## Names and places

app-name = Countersign
place-inbox = Réception
place-inbox-count =
    { $count ->
        [one] Réception, { $count } demande en attente
       *[other] Réception, { $count } demandes en attente
    }
place-factors = Facteurs
place-settings = Réglages
place-history = Historique
nav-label = Rubriques
add-account = Ajouter un compte
cancel = Annuler
dismiss = Masquer
check-now = Vérifier maintenant
checking = Vérification…
try-again = Réessayer
loading = Ouverture de Countersign…
back = Retour
kept = Enregistré

## Connection, in the header

status-online = Vérifié : { $time }
status-never = Pas encore vérifié
status-offline = Hors ligne
status-paused = Ne vérifie pas de lui-même

## Time

time-left = Encore { $time }
time-left-hurry =
    { $seconds ->
        [one] Plus que { $seconds } seconde
       *[other] Plus que { $seconds } secondes
    }
day-today = Aujourd’hui
day-yesterday = Hier
duration-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
duration-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
duration-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
duration-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }

## Said to screen readers

announce-arrival = Nouvelle demande de { $requester }. Temps restant : { $time }.
announce-left = Demande de { $requester }. Temps restant : { $time }.
announce-expired = La demande de { $requester } a expiré. Rien n’a été approuvé.

## Inbox

inbox-list = Demandes
inbox-empty-title = Aucune demande
inbox-empty-checked = Dernière vérification : { $time }
inbox-empty-never = Pas encore vérifié
inbox-empty-hint = Quand un site demande votre approbation, la demande apparaît ici.
inbox-accounts = À l’écoute de
inbox-back = Retour à la boîte de réception

burst-count = { $count } semblables en peu de temps
burst-unfold = Tout montrer
burst-fold = N’en montrer qu’une
burst-unfold-of = Montrer chacune des { $count } demandes de { $requester }
burst-fold-of = Montrer une seule des { $count } demandes de { $requester }
burst-title = { $count } demandes avec les mêmes mots sont arrivées en peu de temps
burst-advice = Quelqu’un espère peut-être que vous en approuviez une pour avoir la paix. Si vous ne les avez pas lancées, choisissez « Ce n’était pas moi ».

## Banners

banner-offline = Hors ligne depuis { $time }
banner-offline-age = Ce que vous voyez date d’il y a { $age }. Rien ne peut être approuvé ni refusé avant le retour de la connexion.
banner-offline-unknown = Rien ne peut être approuvé ni refusé avant le retour de la connexion.
banner-keychain = Le trousseau du système est inaccessible
banner-keychain-line = Les demandes adressées aux comptes dont la clé s’y trouve n’arrivent pas avant qu’il puisse être rouvert. Rien n’en est perdu.
banner-vault = Certains comptes sont fermés
banner-vault-line = Leurs clés sont dans le fichier que votre phrase secrète ouvre. Les demandes qui leur sont adressées vous parviendront de nouveau dès que vous l’aurez saisie.
banner-vault-gone = Le fichier qui contient leurs clés n’est pas là. Remettez-le à sa place, ou supprimez les comptes et ajoutez-les de nouveau depuis leurs sites.
banner-clock =
    { $direction ->
        [slow] L’horloge de cet ordinateur retarde de { $difference } sur celle de { $host }
       *[fast] L’horloge de cet ordinateur avance de { $difference } sur celle de { $host }
    }
banner-clock-advice = Le temps restant suit l’horloge du serveur, vous pouvez donc continuer. Si l’horloge de cet ordinateur est fausse, réglez-la dans les paramètres du système, sinon des réponses pourraient être rejetées.
banner-paused = Un autre Countersign vérifie déjà les demandes
banner-paused-advice = Cette fenêtre montre ce qu’il trouve. « Vérifier maintenant » fonctionne toujours.
mute-bar = Les notifications sont coupées jusqu’à { $time }
mute-bar-factor = Les notifications de { $requester } sont coupées jusqu’à { $time }
mute-bar-reported = Les notifications de { $requester } sont coupées jusqu’à { $time }, parce que vous avez dit qu’une demande n’était pas la vôtre
mute-bar-line = Les demandes apparaissent toujours ici.
unmute = Rétablir les notifications

## A request

request-asks = demande votre approbation
request-from-label = Demande de { $requester }
request-quote = { $requester } a écrit
request-no-message = { $requester } n’a joint aucun message à cette demande.
request-account = Compte
request-identity = Identité
request-asked = Demandé
request-asked-value = { $asked }, expire : { $expires }
request-date = Date
request-details = Détails de { $requester }
request-twins =
    { $count ->
        [one] Demandé { $count } fois de plus pour la même action ; une réponse vaut pour les deux.
       *[other] Demandé { $count } fois de plus pour la même action ; une réponse vaut pour toutes.
    }
request-unsigned-title = Votre signature ne couvre pas ces détails
request-unsigned = { $host } les a laissés hors de ce qui est signé. Il pourrait être prétendu plus tard que vous avez approuvé autre chose. N’approuvez que si vous faites confiance à { $host } sur ce point.
request-field-unsigned = Non couvert par votre signature
request-hidden-characters = Contient des caractères invisibles, affichés comme �
request-changed-title = Cette demande a changé après vous avoir été montrée
request-changed = Rien n’a été signé. Relisez-la ci-dessous avant de répondre.
request-field-changed = Modifié
request-show-all = Tout afficher
request-show-less = Afficher moins
request-show-all-of = Tout afficher : { $label }
request-show-less-of = Afficher moins : { $label }
request-here-title = Une page ouverte sur cet ordinateur a désigné cette demande
request-here = Tout site web ouvert ici peut le faire. Cela ne montre pas que vous l’avez lancée.
unusual-recentlyDenied = Vous avez récemment refusé une demande de { $requester }
unusual-recentlyDenied-advice = Si quelqu’un d’autre avait lancé celle-là, celle-ci vient peut-être aussi de lui. N’approuvez que ce que vous venez de lancer vous-même.
unusual-burst = Plusieurs demandes de { $requester } sont arrivées en quelques minutes
unusual-burst-advice = Quelqu’un espère peut-être que vous en approuviez une pour avoir la paix. N’approuvez que ce que vous venez de lancer vous-même.
unusual-firstApproval = Vous n’avez encore rien approuvé ici pour { $requester }
unusual-firstApproval-advice = Regardez l’adresse ci-dessus, et n’approuvez que ce que vous venez de lancer vous-même.
unusual-newMessage = { $requester } ne vous a jamais demandé cela auparavant
unusual-newMessage-advice = Lisez avec attention, et n’approuvez que ce que vous venez de lancer vous-même.
unusual-newDetails = { $requester } vous l’a déjà demandé, mais avec d’autres détails
unusual-newDetails-advice = Comparez les détails ci-dessous avec ce que vous venez de lancer vous-même.
unusual-sure = J’ai lu ceci, et c’est moi qui l’ai lancé
request-technical = Détails techniques
request-signed-fields = La signature couvre
request-signed-none = aucun détail
request-challenge = Défi
request-factor = Facteur
request-service = Service
request-api-account = Compte d’API
request-digest = Empreinte de ce qui est affiché

## Answering

approve = Approuver
deny = Refuser
decision-label = Votre réponse
decision-approving = Signature et envoi de votre approbation…
decision-confirming = En attente de la confirmation que c’est vous…
decision-denying = Signature et envoi de votre refus…
decision-reporting = Refus et signalement…
not-me = Ce n’était pas moi
number-label = Saisissez le nombre affiché là où vous vous connectez
number-digits =
    { $count ->
        [one] { $count } chiffre
       *[other] { $count } chiffres
    }
number-digits-unknown = De 2 à 8 chiffres
number-checked-server = vérifié par le serveur
number-checked-app = vérifié par cette application
number-tries =
    { $count ->
        [one] encore { $count } essai
       *[other] encore { $count } essais
    }
number-none = Vous ne voyez pas de nombre ? Alors refusez.
number-typed =
    { $count ->
        [one] { $count } chiffre saisi
       *[other] { $count } chiffres saisis
    }
report-again = Signaler à nouveau
report-question = Est-ce vous qui avez lancé cela ?
report-mine = Oui, annuler
report-note = Y a-t-il autre chose que { $requester } devrait savoir ? (facultatif)
report-note-over =
    { $count ->
        [one] { $count } caractère de trop
       *[other] { $count } caractères de trop
    }
report-note-left =
    { $count ->
        [one] { $count } caractère restant
       *[other] { $count } caractères restants
    }
decision-blocked-offline = { $host } est injoignable, aucune réponse ne peut donc être envoyée. Les réponses ne sont jamais gardées pour plus tard.
decision-blocked-opening = Un instant : récupération de la dernière version auprès de { $host }.
decision-blocked-unread = La dernière version n’a pas pu être récupérée, il n’est donc pas encore possible de répondre.
decision-blocked-revoked = { $host } n’accepte plus la clé de cet ordinateur.
decision-blocked-key = La clé de ce compte n’est plus là, rien ne peut donc être signé avec elle.
open-factors = Ouvrir Facteurs

## How a request ended

ended-approved = Approuvée
ended-approved-line = Approuvée · { $time } · signée avec la clé de cet ordinateur
ended-approved-detail = { $requester } a votre réponse signée.
ended-denied = Refusée
ended-denied-line = Refusée.
ended-denied-detail = { $requester } en a été informé à { $time }. Rien n’a été approuvé.
ended-wrongNumbers = Refusée
ended-wrongNumbers-line = Refusée après trois nombres erronés.
ended-wrongNumbers-detail = Rien n’a été approuvé. Si vous le souhaitez toujours, demandez à { $requester } de la renvoyer.
ended-reported-server = Signalée
ended-reported-server-line = Refusée et signalée à { $requester }.
ended-reported-server-detail = { $requester } a été informé à { $time } que ce n’était pas vous. Ses notifications sont coupées pendant 20 minutes ; les demandes apparaissent toujours ici. Quelqu’un connaît peut-être votre mot de passe : changez-le sur ce site.
ended-reported-address = Refusée
ended-reported-address-line = Refusée. Personne n’en connaît encore la raison.
ended-reported-address-detail = { $requester } ne reçoit pas de signalements d’ici, mais indique cette adresse pour les faire. Ouvrez-la dans votre navigateur et changez votre mot de passe chez { $requester }.
ended-reported-nobody = Refusée
ended-reported-nobody-line = Refusée. Personne n’en connaît la raison.
ended-reported-nobody-detail = { $requester } ne reçoit pas de signalements d’ici. Prévenez-les vous-même et changez-y votre mot de passe : quelqu’un le connaît peut-être.
ended-reported-failed = Refusée
ended-reported-failed-line = Refusée, mais le signalement n’est pas parvenu.
ended-reported-failed-detail = Rien n’a été approuvé. { $requester } ne sait pas encore que ce n’était pas vous.
ended-expired = Expirée
ended-expired-line = Expirée à { $time }. Rien n’a été approuvé.
ended-expired-detail = Si vous le souhaitez toujours, demandez à { $requester } de la renvoyer.
ended-unconfirmed = Non confirmée
ended-unconfirmed-line = Expirée à { $time }. On ne sait pas si votre réponse est arrivée.
ended-unconfirmed-detail = Elle a été envoyée, et le serveur ne l’a pas confirmée. Consultez l’historique quand le serveur sera joignable, ou demandez à { $requester }.
ended-elsewhere-approved = Répondu ailleurs
ended-elsewhere-approved-line = Approuvée sur un autre appareil.
ended-elsewhere-approved-detail = La réponse ne vient pas de cet ordinateur. Si ce n’était pas vous, prévenez { $requester } immédiatement.
ended-elsewhere-denied = Répondu ailleurs
ended-elsewhere-denied-line = Refusée sur un autre appareil.
ended-elsewhere-denied-detail = La réponse ne vient pas de cet ordinateur. Rien n’a été approuvé.
ended-elsewhere-unknown = Répondu ailleurs
ended-elsewhere-unknown-line = Une réponse a déjà été donnée sur un autre appareil.
ended-elsewhere-unknown-detail = Rien n’a été envoyé depuis cet ordinateur. La réponse se trouve dans l’historique.
ended-withdrawn = Retirée
ended-withdrawn-line = { $requester } a retiré cette demande.
ended-withdrawn-detail = Rien n’a été approuvé.

## Errors: what happened, whether anything was approved, what to do

error-code = Code : { $code }
error-during-link = Rien n’a été ajouté ni envoyé.
error-during-enrol = Le compte n’a pas été ajouté.
error-during-remove = Le compte n’a pas été supprimé.
error-during-change = Rien n’a été modifié.
error-linkInvalid = Ce n’est pas un lien d’inscription
error-linkInvalid-advice = Copiez le lien entier sur le site, de countersign:// jusqu’à la fin, et collez-le à nouveau.
error-linkOneTimeCode = Ceci est un code pour mots de passe à usage unique
error-linkOneTimeCode-advice = Countersign ne les utilise pas. Prenez une application de codes à usage unique, ou demandez au site une approbation par notification.
error-linkOtherKind = Ce lien est destiné à un autre type d’appareil
error-linkOtherKind-advice = Demandez au site une inscription qui approuve par notification.
error-linkTooNew = Ce lien est plus récent que ce Countersign
error-linkTooNew-advice = Mettez Countersign à jour, puis rouvrez le lien.
error-linkInsecure = L’adresse contenue dans ce lien n’est pas sûre
error-linkInsecure-advice = Ne l’utilisez pas. Demandez au site un lien dont le serveur commence par https.
error-codeMissing = Aucun code QR n’a été trouvé dans l’image
error-codeMissing-advice = Rendez le code plus grand ou plus net, avec un peu d’espace autour, et réessayez. Vous pouvez aussi copier le lien qui se trouve dessous.
error-codeOther = Ce code QR n’est pas une inscription
error-codeOther-advice = Il contient autre chose, qui n’a pas été ouvert. Cherchez le code que le site appelle inscription ou configuration.
error-pictureTooLarge = Cette image est trop grande
error-pictureTooLarge-advice = Découpez la partie avec le code, puis réessayez. Au plus 20 Mo et 50 millions de points sont lus.
error-pictureUnknown = Countersign ne lit pas cette image
error-pictureUnknown-advice = Utilisez PNG, JPEG, WebP, GIF ou BMP, ou sélectionnez une zone de l’écran.
error-pictureDamaged = Cette image est endommagée
error-pictureDamaged-advice = Enregistrez-la ou copiez-la à nouveau, ou sélectionnez une zone de l’écran.
error-clipboardEmpty = Il n’y a ni image ni lien à coller
error-clipboardEmpty-advice = Copiez d’abord le code QR ou le lien, puis collez-le ici.
error-screenUnavailable = Ce bureau ne laisse pas Countersign voir l’écran
error-screenUnavailable-advice = Faites vous-même une capture du code et déposez-la ici, ou copiez le lien. Sous macOS, autorisez l’enregistrement de l’écran dans les réglages de confidentialité.
error-linkUsedOrExpired = Ce lien a déjà été utilisé ou a expiré
error-linkUsedOrExpired-advice = Obtenez-en un nouveau auprès du site. Si vous n’avez pas utilisé l’ancien vous-même, prévenez le site que quelqu’un d’autre l’a fait.
error-notFound = Cette demande n’existe plus
error-notFound-what = Rien n’a été approuvé.
error-notFound-advice = Si vous le souhaitez toujours, demandez au site de la renvoyer.
error-notFound-remove = Ce compte n’est plus sur cet ordinateur
error-notFound-remove-what = Il n’y avait rien à supprimer.
error-notFound-remove-advice = Il n’y a rien d’autre à faire.
error-expired = Cette demande a expiré
error-expired-what = Rien n’a été approuvé.
error-expired-advice = Si vous le souhaitez toujours, demandez au site de la renvoyer.
error-alreadyAnswered = Une réponse a déjà été donnée à cette demande
error-alreadyAnswered-what = Rien n’a été envoyé depuis cet ordinateur.
error-alreadyAnswered-advice = La réponse se trouve dans l’historique.
error-changedSinceShown = Cette demande a changé après vous avoir été montrée
error-changedSinceShown-what = Rien n’a été signé.
error-changedSinceShown-advice = Relisez-la avant de répondre.
error-numberNeeded = Cette demande s’approuve avec un nombre
error-numberNeeded-what = Rien n’a été approuvé.
error-numberNeeded-advice = Saisissez le nombre affiché là où vous l’avez lancée.
error-wrongNumber = Ce n’est pas le bon nombre
error-wrongNumber-what =
    { $count ->
        [one] Rien n’a été approuvé. Il reste { $count } essai ; ensuite, la demande est refusée.
       *[other] Rien n’a été approuvé. Il reste { $count } essais.
    }
error-wrongNumber-advice = Regardez à nouveau là où vous avez lancé la demande.
error-wrongNumberDenied = Trois fois, ce n’était pas le bon nombre
error-wrongNumberDenied-what = La demande est refusée. Rien n’a été approuvé.
error-wrongNumberDenied-advice = Si vous le souhaitez toujours, demandez au site de la renvoyer.
error-numberLocked = Trop de nombres erronés
error-numberLocked-what = Rien n’a été approuvé. Pour l’instant, le serveur n’accepte plus de nombres de cet ordinateur.
error-numberLocked-advice = Réessayez demain, ou connectez-vous autrement. Vous pouvez toujours refuser.
error-presenceRefused = Il n’a pas été confirmé que c’est vous
error-presenceRefused-what = Rien n’a été approuvé ni modifié.
error-presenceRefused-advice = Réessayez, et répondez quand le système le demande.
error-presenceUnavailable = Cet ordinateur ne peut pas confirmer que c’est vous
error-presenceUnavailable-what = Rien n’a été approuvé ni modifié.
error-presenceUnavailable-advice = Définissez un code PIN dans Réglages. Si un compte demande déjà une confirmation, supprimez-le dans Facteurs et ajoutez-le à nouveau depuis le site.
error-presenceUnavailable-unlock-advice = Réactivez ce qui demandait jusqu’ici que vous vous identifiiez : Windows Hello, Touch ID ou, sous Linux, un agent polkit. S’il n’existe plus, saisissez « countersign pin set » dans un terminal et déverrouillez avec ce code PIN ; si un compte doit être supprimé pour cela, c’est indiqué à cet endroit.
error-pinNeeded = Votre code PIN est nécessaire pour cela
error-pinNeeded-what = Rien n’a été approuvé ni modifié.
error-pinNeeded-advice = Saisissez votre code PIN de Countersign.
error-pinWrong =
    { $seconds ->
        [0] Ce n’est pas le bon code PIN
       *[other] Aucun code PIN n’est accepté pour l’instant
    }
error-pinWrong-what =
    { $seconds ->
        [0] Rien n’a été approuvé ni modifié. { $count ->
            [one] Il reste { $count } essai.
           *[other] Il reste { $count } essais.
        }
        [one] Rien n’a été approuvé ni modifié. Après trop d’erreurs, aucun code PIN n’est vérifié pendant encore une seconde, pas même le bon.
       *[other] Rien n’a été approuvé ni modifié. Après trop d’erreurs, aucun code PIN n’est vérifié pendant { $seconds } secondes, pas même le bon.
    }
error-pinWrong-advice = Si vous l’avez oublié, supprimez vos comptes, dans un terminal avec countersign remove, et ajoutez-les à nouveau depuis leurs sites.
error-pinLength = Un code PIN compte de 6 à 128 caractères
error-pinLength-what = Rien n’a été approuvé ni modifié.
error-pinLength-advice = Choisissez-en un autre.
error-pinStillNeeded = Le code PIN est encore nécessaire
error-pinStillNeeded-what = Rien n’a été approuvé, et le code PIN n’a pas été supprimé.
error-pinStillNeeded-advice = Un compte demande une confirmation, et cet ordinateur n’a rien d’autre pour cela. Désactivez-la d’abord.
error-offline = Le serveur est injoignable
error-offline-what = Rien n’a été envoyé.
error-offline-approve-what = Votre approbation n’est pas confirmée et n’est pas gardée pour plus tard.
error-offline-deny-what = Votre refus n’est pas confirmé.
error-offline-report-what = Votre refus n’est pas confirmé, et rien n’a été signalé.
error-offline-advice = Vérifiez la connexion, puis réessayez.
error-unconfirmed = On ne sait pas si votre réponse est arrivée
error-unconfirmed-what = Elle a été envoyée, et le serveur ne l’a pas confirmée.
error-unconfirmed-report-what = Votre refus a été envoyé, et le serveur ne l’a pas confirmé. Rien n’a été signalé.
error-unconfirmed-advice = Voyez dans un instant, ici ou dans l’historique, ce qu’elle est devenue. Ce qui attend encore peut recevoir une nouvelle réponse.
error-clock = Le serveur n’accepte pas l’horloge de cet ordinateur
error-clock-what = Rien n’a été approuvé.
error-clock-advice = Réglez la date et l’heure sur automatique dans les paramètres du système, puis réessayez.
error-keychainMissing = Cet ordinateur n’a pas de trousseau où garder des clés
error-keychainMissing-what = Rien n’a été approuvé et aucune clé n’a été créée.
error-keychainMissing-advice = Installez et démarrez un trousseau, comme GNOME Keyring ou KWallet, puis réessayez.
error-keychainLocked = Le trousseau est verrouillé
error-keychainLocked-what = Rien n’a été approuvé.
error-keychainLocked-advice = Déverrouillez-le, puis réessayez.
error-keychainRefused = Le trousseau n’a pas permis d’utiliser la clé
error-keychainRefused-what = Rien n’a été approuvé.
error-keychainRefused-advice = Autorisez Countersign quand le système le demande, puis réessayez.
error-keyLost = La clé de ce compte n’est plus sur cet ordinateur
error-keyLost-what = Rien n’a été approuvé, et cette clé ne peut pas être récupérée.
error-keyLost-advice = Supprimez le compte dans Facteurs, puis ajoutez-le à nouveau depuis le site.
error-refused = Le serveur a rejeté cela
error-refused-what = Rien n’a été approuvé.
error-refused-advice = Réessayez. Si cela continue, prévenez le site en indiquant le code ci-dessous.
error-factorRevoked = Le site n’accepte plus la clé de cet ordinateur
error-factorRevoked-what = Rien n’a été approuvé.
error-factorRevoked-advice = Supprimez le compte dans Facteurs. Si vous en avez encore besoin, ajoutez-le à nouveau depuis le site.
error-locked = Countersign est verrouillé
error-locked-what = Rien n’a été approuvé.
error-locked-advice = Déverrouillez-le, puis réessayez.
error-lockUnavailable = Cet ordinateur ne peut pas déterminer qui l’utilise
error-lockUnavailable-what = Rien n’a été verrouillé ni déverrouillé, et rien n’a été approuvé.
error-lockUnavailable-advice = Définissez un code PIN dans les réglages, puis réessayez.
error-choiceInvalid = Cette valeur ne peut pas être utilisée
error-choiceInvalid-what = Rien n’a été modifié ni approuvé.
error-choiceInvalid-advice = Choisissez-en une autre.
error-autostartRefused = Le système n’a pas accepté cela
error-autostartRefused-what = Countersign démarre comme avant. Rien n’a été approuvé.
error-autostartRefused-advice = Ajoutez ou retirez Countersign dans la liste des programmes que le système démarre de lui-même.
error-storage = Countersign ne peut pas lire ou écrire ses propres données
error-storage-what = Rien n’a été approuvé.
error-storage-advice = Vérifiez que le disque n’est pas plein et que les fichiers vous appartiennent, puis réessayez.
error-storageTooNew = Ces données ont été écrites par un Countersign plus récent
error-storageTooNew-what = Rien n’a été approuvé ni modifié.
error-storageTooNew-advice = Mettez Countersign à jour ; une version plus ancienne ne peut pas les lire.
error-storageDamaged = Les données de Countersign sont endommagées
error-storageDamaged-what = Rien n’a été approuvé.
error-storageDamaged-advice = Restaurez le profil depuis une copie, ou supprimez-le et ajoutez à nouveau vos comptes.
error-storageOutdated = Ce Countersign fonctionne avec une base de données trop ancienne
error-storageOutdated-what = Rien n’a été approuvé.
error-storageOutdated-advice = Réinstallez Countersign depuis son propre paquet.
error-keyUnclear = La clé de ce compte ne peut pas être distinguée des autres
error-keyUnclear-what = Rien n’a été approuvé. Le trousseau contient plus d’une entrée pour elle, ou une entrée endommagée.
error-keyUnclear-advice = Supprimez le compte dans Facteurs, puis ajoutez-le à nouveau depuis le site.
error-vaultLocked = La phrase secrète du coffre manque ou est erronée
error-vaultLocked-what = Rien n’a été approuvé.
error-vaultLocked-advice = Placez la bonne phrase secrète dans le fichier que désigne COUNTERSIGN_VAULT_PASSPHRASE_FILE, puis réessayez.
error-passphraseNeeded = Countersign a besoin de votre phrase secrète
error-passphraseNeeded-what = Rien n’a été approuvé.
error-passphraseNeeded-advice = Saisissez-la dans la fenêtre de Countersign.
error-passphraseWrong = Ce n’est pas la phrase secrète
error-passphraseWrong-what = Rien n’a été approuvé et rien n’a été modifié.
error-passphraseWrong-advice = Saisissez-la à nouveau, avec les mêmes majuscules et espaces. Sans elle, les clés de son fichier sont inutilisables.
error-passphraseShort = Une phrase secrète a au moins 8 caractères
error-passphraseShort-what = Rien n’a été approuvé et rien n’a été modifié.
error-passphraseShort-advice = Choisissez-en une plus longue ; plusieurs mots de préférence.
error-vaultMissing = Le fichier du coffre n’est pas là
error-vaultMissing-what = Rien n’a été approuvé.
error-vaultMissing-advice = Remettez le fichier à sa place, puis réessayez. S’il est perdu, ses clés le sont aussi : utilisez de nouveau le trousseau du système, supprimez les comptes de ces clés et ajoutez-les de nouveau depuis leurs sites.
error-vaultUnusable = Le fichier du coffre ne peut pas être utilisé
error-vaultUnusable-what = Rien n’a été approuvé.
error-vaultUnusable-advice = Vérifiez que le fichier n’appartient qu’à vous et qu’il peut être lu et écrit, puis réessayez.
error-vaultDamaged = Le fichier du coffre est endommagé
error-vaultDamaged-what = Rien n’a été approuvé.
error-vaultDamaged-advice = Restaurez le fichier depuis une copie, ou supprimez-le et ajoutez à nouveau vos comptes.
error-vaultFull = Le coffre est plein
error-vaultFull-what = Rien n’a été approuvé et aucune clé n’a été créée.
error-vaultFull-advice = Supprimez un compte dont vous n’avez plus besoin, puis réessayez.
error-internal = Quelque chose a mal tourné dans Countersign
error-internal-what = Rien n’a été confirmé comme approuvé.
error-internal-advice = Réessayez. Si cela continue, redémarrez Countersign.

## Add account

add-title = Ajouter un compte
add-intro = Le site pour lequel vous voulez approuver affiche un code QR ou un lien d’inscription. Apportez ici l’un des deux.
add-code = Depuis un code QR
add-code-hint = Déposez une image n’importe où sur cette page, ou collez-en une. Elle est lue sur cet ordinateur et n’est pas gardée.
add-screen = Sélectionner une zone de l’écran
add-file = Choisir une image
add-paste = Coller une image ou un lien
add-camera = Utiliser la caméra
add-camera-none = Cet ordinateur n’a pas de caméra
add-drop-here = Déposez l’image ici
add-link = Lien d’inscription
add-link-hint = Commence par countersign:// et ne sert qu’une fois, pendant quelques minutes.
add-continue = Continuer
add-reading = Lecture…
choose-title = Quel compte ?
choose-intro = { $count } codes d’inscription ont été trouvés. L’adresse dit où mène chacun d’eux.
camera-title = Montrez le code QR à la caméra
camera-intro = Tenez-le de sorte qu’il remplisse environ la moitié de l’image. Ce que voit la caméra reste sur cet ordinateur et n’est pas gardé.
camera-opening = Ouverture de la caméra…
camera-looking = Recherche d’un code…
camera-none = Aucune caméra ne peut être utilisée ici. Sélectionnez plutôt une zone de l’écran ou choisissez une image.
camera-refused = Le système ne laisse pas Countersign utiliser la caméra. Autorisez-le dans les réglages de confidentialité du système, ou choisissez un autre moyen.
camera-other-way = Choisir un autre moyen
confirm-title = Ajouter ce compte ?
confirm-host = Ce lien appartient à
confirm-host-unicode = Ressemble à { $unicode }
confirm-punycode-title = Cette adresse est écrite avec des lettres étrangères
confirm-punycode = Elle en imite peut-être une autre. Comparez-la lettre par lettre avec le site auquel vous pensez.
confirm-loopback = Un serveur sur cet ordinateur. Idéal pour faire des essais.
confirm-cloud = Un service cloud que de nombreux sites partagent. Il ne prouve pas quel site a créé ce lien.
confirm-issuer = Site
confirm-account = Compte
confirm-identity = Identité
confirm-claimed = d’après le lien
confirm-later = connu une fois que vous continuez
confirm-created = Sera créée
confirm-created-value = Une nouvelle clé de signature, pour ce compte seulement
confirm-key = La clé sera dans
confirm-key-value = { $location } ; Countersign ne l’envoie jamais nulle part
key-place-keyring = le trousseau de ce bureau
key-place-macKeychain = le trousseau de macOS
key-place-credentialManager = le Gestionnaire d’identification de Windows
key-place-vault = un fichier chiffré avec votre phrase secrète
key-place-memory = la mémoire, jusqu’à la fin du programme
confirm-only = Ne continuez que si vous venez de lancer cela vous-même et faites confiance à { $host }.
confirm-only-cloud = Ne continuez que si vous avez lancé cela vous-même, sur un site auquel vous faites confiance.
confirm-add = Ajouter le compte
confirm-adding = Création de la clé et envoi à { $host }…
added-title = { $name } a été ajouté
added-line = Les demandes de { $host } apparaîtront désormais dans la boîte de réception.
added-key = Sa clé a été créée sur cet ordinateur et y reste : { $location }.
added-inbox = Ouvrir la boîte de réception
added-another = Ajouter un autre compte

## Factors

factors-title = Facteurs
factors-intro = Chaque facteur est une clé sur cet ordinateur qu’un site accepte comme votre réponse.
factors-empty-title = Pas encore de facteurs
factors-empty-hint = Ajoutez un compte pour créer le premier.
factor-server = Serveur
factor-identity = Identité
factor-key = La clé est dans
factor-added = Ajouté
factor-contact = Dernier contact
factor-never = jamais
factor-remove = Supprimer
factor-remove-name = Supprimer { $name }
factor-online = Connecté
factor-offline = Hors ligne depuis { $time }
factor-skewed = L’horloge diffère de { $difference }
factor-signed-out = Clé plus acceptée
factor-signed-out-advice = Le site a supprimé ce facteur. Supprimez-le ici ; ajoutez-le à nouveau depuis le site si vous en avez encore besoin.
factor-never-checked = Pas encore vérifié
factor-unverified = Inachevé
factor-unverified-advice = L’ajout de ce compte a été interrompu. Countersign l’achève dès que le serveur est joignable.
remove-title = Supprimer { $name } ?
remove-line = La clé de { $account } chez { $host } est effacée de cet ordinateur et ne peut pas être récupérée.
remove-advice = Assurez-vous que vous pouvez encore vous y connecter autrement.
remove-confirm = Supprimer et effacer la clé
removing = Suppression…
removed = { $name } a été supprimé. { $host } en a été informé.
removed-untold = { $name } a été supprimé de cet ordinateur. { $host } n’a pas encore pu en être informé ; Countersign s’en charge dès qu’il est joignable.

factor-mute = Notifications
factor-mute-hint = Les demandes apparaissent ici dans tous les cas.
policy-title = Comment les demandes sont approuvées
policy-verification = Confirmer que c’est vous
policy-verification-hint = Par le système de cet ordinateur, ou avec votre code PIN là où il ne peut pas le demander. Ce n’est jamais nécessaire pour refuser.
policy-verification-never = Jamais
policy-verification-unusual = Si c’est nouveau ou inhabituel
policy-verification-always = Avant chaque approbation
policy-answerFromNotification = Approuver depuis les notifications
policy-answerFromNotification-hint = Sinon, une notification propose d’examiner et de refuser. Jamais tant que Countersign est verrouillé, ni quand un nombre doit être saisi.
policy-answerFromTray = Approuver depuis le menu de la zone de notification
policy-answerFromTray-hint = Sinon, le menu propose d’examiner et de refuser.
policy-silentOnThisComputer = Approuver de lui-même ce qui est lancé ici
policy-silentOnThisComputer-hint = Quand une page sur cet ordinateur fournit la preuve qu’elle a lancé une demande de { $requester }.
policy-silent-warning-title = Personne n’est alors interrogé
policy-silent-warning = Quiconque utilise cet ordinateur, tout programme qui s’y trouve et tout site web qui y est ouvert peut faire approuver des demandes de { $requester }. Jamais une demande avec un nombre à saisir, ni une demande nouvelle ou inhabituelle. L’historique les signale.

## Settings

settings-intro = Les modifications sont enregistrées aussitôt.
settings-back = Retour aux réglages
settings-look = Langue et apparence
settings-language = Langue
settings-language-system = Celle du système
settings-theme = Thème
settings-theme-system = Celui du système
settings-theme-light = Clair
settings-theme-dark = Sombre
settings-background = Notifications et arrière-plan
settings-notifications = Notifications
settings-notifications-hint = Prévenir quand un site demande votre approbation.
trial = Notification d’essai
trial-hint = Montre si votre système les laisse passer.
trial-show = En montrer une
trial-question = L’avez-vous vue ?
trial-yes = Oui
trial-no = Non
trial-seen = Bien : c’est ainsi que les demandes vous parviendront.
trial-unseen = Alors votre système les retient. Regardez dans ses réglages si les notifications de Countersign sont désactivées, ou si le mode Ne pas déranger est actif. Dans tous les cas, les demandes attendent dans cette fenêtre.
trial-refused = Ce bureau n’a pas accepté la notification. « État de l’installation », dans Réglages, dit ce qui manque. Dans tous les cas, les demandes attendent dans cette fenêtre.
settings-mute = Un moment de calme
settings-mute-hint = Aucune notification de personne. Les demandes apparaissent toujours ici.
settings-closeToTray = Rester dans la zone de notification
settings-closeToTray-hint = Quand vous fermez la fenêtre, Countersign continue de tourner, pour que les demandes vous parviennent. Sans zone de notification, la fermer quitte le programme.
settings-autostart = Démarrer avec le système
settings-autostart-hint = Dans la zone de notification, sans fenêtre.
settings-autostart-unknown = Ce système n’a pas indiqué s’il démarre Countersign.
settings-lock = Verrouillage et confidentialité
settings-lock-now = Verrouiller maintenant
settings-lock-now-hint = Masque tout, sauf le nombre de demandes en attente.
settings-lock-impossible = Définissez d’abord un code PIN : cet ordinateur n’a pas d’autre moyen de savoir que c’est vous.
settings-lock-after = Verrouiller quand personne ne l’utilise
settings-lock-never = Jamais
settings-lock-minutes =
    { $minutes ->
        [one] Après { $minutes } minute
       *[other] Après { $minutes } minutes
    }
settings-lockWithSystem = Verrouiller avec le système
settings-lockWithSystem-hint = Quand l’écran se verrouille, et avant la mise en veille de l’ordinateur.
settings-pin-system = Le système de cet ordinateur demande qui est là, le code PIN n’est donc pas nécessaire. Il est demandé si jamais le système ne le peut pas.
settings-pin-set = Demandé là où le système ne peut pas demander qui est là.
settings-pin-none = Pour les ordinateurs dont le système ne peut pas demander qui est là. Sans lui, rien ne peut être verrouillé ni confirmé ici.
settings-hideFromCapture = Masquer dans les captures d’écran
settings-hideFromCapture-hint = Exclut cette fenêtre des captures et des écrans partagés, sous Windows et macOS. Les bureaux Linux n’offrent pas ce moyen aux programmes ; le réglage y est sans effet.
settings-history = Garder l’historique
settings-history-hint = Ce qui est plus ancien est effacé de cet ordinateur, avec vos réponses signées.
settings-history-ever = Pour toujours
settings-history-days =
    { $days ->
        [one] Pendant { $days } jour
       *[other] Pendant { $days } jours
    }
settings-help = Aide et à propos
mute-off = Non coupées
mute-for =
    { $hours ->
        [one] Couper pendant { $hours } heure
       *[other] Couper pendant { $hours } heures
    }
mute-until = Coupées jusqu’à { $time }.
mute-reported-until = Coupées jusqu’à { $time }, parce que vous avez dit qu’une demande n’était pas la vôtre.
about-version = Countersign { $version }
about-licences = Logiciel libre, sous licence MIT ou Apache 2.0, à votre choix. Avec la police Inter (SIL Open Font License) et des icônes de Lucide (ISC).

## The PIN

pin = Code PIN
pin-set = Définir un code PIN
pin-change = Modifier
pin-remove = Supprimer
pin-ask-title = Saisissez votre code PIN
pin-confirm = Confirmer
pin-checking = Vérification…
pin-set-title = Définir un code PIN
pin-set-line = Countersign le demande là où le système de cet ordinateur ne peut pas demander qui est là. Il ne peut pas être récupéré.
pin-set-confirm = Définir le code PIN
pin-change-title = Modifier le code PIN
pin-change-line = Le nouveau remplace aussitôt l’ancien.
pin-change-confirm = Modifier le code PIN
pin-remove-title = Supprimer le code PIN ?
pin-remove-line = Ensuite, rien ne pourra être verrouillé ni confirmé sur cet ordinateur, sauf si son système demande qui est là.
pin-remove-confirm = Supprimer le code PIN
pin-old = Code PIN actuel
pin-new = Nouveau code PIN
pin-new-hint = De 6 à 128 caractères ; lettres et signes comptent aussi.
pin-again = Nouveau code PIN, encore une fois
pin-differs = Ces deux codes ne sont pas encore identiques.

## Locked

lock-title = Countersign est verrouillé
lock-count =
    { $count ->
        [0] Aucune demande en attente
        [one] { $count } demande en attente
       *[other] { $count } demandes en attente
    }
lock-line = Qui demande, et quoi, s’affiche après le déverrouillage.
unlock = Déverrouiller
lock-waiting = En attente du système…

## Setup health

health-title = État de l’installation
health-intro = Ce dont Countersign a besoin sur cet ordinateur, et dans quel état cela se trouve.
health-hint = Ce qui ne va pas sur cet ordinateur, et comment y remédier.
health-open = Vérifier
health-again = Vérifier à nouveau
health-looking = Vérification…
health-worst-ok = Tout va bien.
health-worst-warn = Countersign fonctionne, mais pas aussi bien qu’il le pourrait ici.
health-worst-bad = Il faut corriger quelque chose avant de pouvoir répondre aux demandes.
health-state-ok = En ordre :
health-state-warn = À améliorer :
health-state-bad = À corriger :
health-keychain-works = Le trousseau est accessible
health-keychain-locked = Le trousseau est verrouillé
health-keychain-locked-advice = Déverrouillez-le dans votre application de mots de passe ou de trousseau, ou fermez puis rouvrez votre session.
health-keychain-missing = Il n’y a pas de trousseau
health-keychain-missing-advice = Installez un service de trousseau, comme GNOME Keyring ou KWallet, et rouvrez votre session.
health-keyLocation-works = Emplacement des nouvelles clés : { $place }
health-notifications-works = Les notifications peuvent être affichées, avec des boutons
health-notifications-limited = Les notifications peuvent être affichées, mais sans boutons
health-notifications-limited-advice = Le service de notifications du bureau n’en dessine pas. On répond aux demandes dans la fenêtre et dans la zone de notification.
health-notifications-missing = Les notifications ne peuvent pas être affichées
health-notifications-missing-advice = Démarrez un service de notifications sur ce bureau, ou gardez la fenêtre ouverte là où vous la voyez.
health-notifications-unknown = On ne sait pas si les notifications peuvent être affichées
health-notifications-unknown-advice = Si aucune n’apparaît, cherchez Countersign dans les réglages de notifications du système.
health-tray-works = Il y a une zone de notification où rester
health-tray-limited = Il y a une zone de notification, mais pas la bibliothèque qui y dessine
health-tray-limited-advice = Installez le paquet libayatana-appindicator3-1 et redémarrez Countersign.
health-tray-missing = Ce bureau n’a pas de zone de notification
health-tray-missing-advice = Fermer la fenêtre quitte Countersign, et les demandes se voient quand il est rouvert. GNOME en obtient une par son extension AppIndicator.
health-tray-unknown = On ne sait pas s’il y a une zone de notification
health-links-works = Les liens d’inscription ouvrent Countersign
health-links-missing = Les liens d’inscription n’ouvrent rien
health-links-missing-advice = Démarrez Countersign encore une fois, ou copiez les liens et collez-les sous Ajouter un compte.
health-links-elsewhere = Les liens d’inscription ouvrent un autre programme : { $detail }
health-links-elsewhere-advice = Si ce n’est pas ce que vous voulez, choisissez Countersign pour les liens countersign dans les paramètres du système.
health-links-unknown = On ne sait pas quel programme ouvre les liens d’inscription
health-links-unknown-advice = Copiez les liens et collez-les sous Ajouter un compte.
health-clock-works = L’horloge est juste
health-clock-off = L’horloge diffère de { $detail }
health-clock-off-advice = Réglez la date et l’heure sur automatique dans les paramètres du système, sinon des réponses pourraient être rejetées.
health-clock-unknown = On saura si l’horloge est juste dès qu’un serveur aura répondu
health-presence-works = Il peut être confirmé que c’est vous
health-presence-missing = Il ne peut pas être confirmé que c’est vous
health-presence-missing-advice = Définissez un code PIN dans Réglages, pour que Countersign puisse être verrouillé et que les comptes puissent le demander.
health-presence-unknown = On saura s’il peut être confirmé que c’est vous dès que le système de cet ordinateur l’aura fait une fois
health-presence-unknown-advice = Choisissez « Verrouiller maintenant » dans Réglages : le système demande alors pour la première fois.
health-autostart-works = Countersign démarre avec le système
health-autostart-notChosen = Countersign ne démarre pas avec le système
health-autostart-notChosen-advice = Il n’y a rien de mal à cela. Vous pouvez l’activer dans Réglages.
health-autostart-unknown = On ne sait pas si Countersign démarre avec le système
health-autostart-unknown-advice = Cherchez-le dans la liste des programmes que le système démarre de lui-même.
health-capture-works = La fenêtre peut être exclue des captures d’écran
health-capture-missing = La fenêtre ne peut pas être exclue des captures d’écran
health-capture-missing-advice = Les bureaux Linux n’offrent pas ce moyen aux programmes. Verrouillez Countersign avant de partager l’écran.

## History

history-title = Historique
history-intro = Ce qui vous a été demandé et comment cela s’est terminé.
history-empty-title = Rien pour l’instant
history-empty-hint = Les demandes ayant reçu une réponse ou expiré sont gardées ici.
history-approved-here = Approuvée sur cet ordinateur
history-approved-elsewhere = Approuvée sur un autre appareil
history-denied-here = Refusée sur cet ordinateur
history-denied-elsewhere = Refusée sur un autre appareil
history-expired = Expirée
history-wrong-numbers =
    { $count ->
        [one] Refusée après { $count } nombre erroné
       *[other] Refusée après { $count } nombres erronés
    }
history-number-server = nombre vérifié par le serveur
history-number-app = nombre vérifié par cette application
history-silent = approuvée sans question, parce qu’elle a été lancée sur cet ordinateur
history-started-here = lancée sur cet ordinateur
history-verified = Confirmation que c’était vous
history-verified-system = Par le système de cet ordinateur
history-verified-pin = Avec le code PIN
history-verified-nobody = Personne n’a été interrogé
history-search = Rechercher dans l’historique
history-account = Compte
history-account-all = Tous les comptes
history-found =
    { $count ->
        [one] { $count } entrée
       *[other] { $count } entrées
    }
history-none-found = Rien dans l’historique ne correspond.
history-missing = Cette demande n’est pas dans l’historique de cet ordinateur.
history-outcome = Issue
history-when = Quand
history-when-value = Demandé : { $asked }, terminé : { $ended }
history-proof = Votre signature
history-proof-kept = Gardée sur cet ordinateur, comme preuve de votre réponse
history-proof-none = Non gardée sur cet ordinateur

## First run

welcome-title = Approuver des connexions depuis cet ordinateur
welcome-line = Un site demande, vous voyez qui demande quoi, et vous approuvez ou refusez. Votre réponse est signée avec une clé qui ne quitte jamais cet ordinateur.
welcome-step-link = Trouvez le code QR ou le lien d’inscription que le site vous montre.
welcome-step-confirm = Déposez-le ou collez-le ici et vérifiez qui demande.
welcome-step-answer = Dès lors, les demandes apparaissent dans cette fenêtre.
start-step = Étape { $step } sur { $steps }
start-begin = Commencer
start-next = Continuer
start-later = Plus tard
start-notifications-title = Être prévenu quand quelqu’un demande
start-notifications-line = Une notification dit qui demande, et quoi ; tant que Countersign est verrouillé, seulement qu’une demande attend. Sans notifications, les demandes attendent ici que vous regardiez.
start-lock-title = Montrer que c’est vous
start-lock-line = Countersign peut masquer ce qu’il montre, et vérifier que c’est vous avant d’approuver. Vous choisissez pour chaque compte, dans Facteurs.
start-lock-system = C’est le système de cet ordinateur qui demande : votre mot de passe, votre doigt ou votre visage, comme vous l’y avez réglé.
start-autostart-title = Démarrer avec le système ?
start-autostart-line = Countersign attend alors dans la zone de notification, pour que les demandes vous parviennent sans l’ouvrir d’abord.
start-add-title = Ajoutez votre premier compte
start-add-line = Le site pour lequel vous voulez approuver affiche un lien ou un code. Il n’en faut pas plus.
start-again = Présentation
start-again-hint = Les premiers pas, encore une fois.
start-again-open = Montrer
practice = Demande d’entraînement
practice-hint = Répondez à une demande inventée. Rien n’est signé ni envoyé.
practice-open = S’entraîner d’abord
practice-show = Essayer
practice-title = Ce n’est qu’un entraînement
practice-line = Personne n’a rien demandé. Rien n’est signé, envoyé ni gardé. Ce qui se trouve dans la boîte de réception est toujours réel, quel que soit son nom.
practice-requester = Boutique exemple
practice-message = Se connecter à votre compte client ?
practice-place = Lieu
practice-place-value = Une ville que vous connaissez, ou non
practice-device = Appareil
practice-device-value = Le navigateur de cet ordinateur
practice-step-who = Regardez qui demande, et l’adresse sous le nom.
practice-step-what = Lisez ce qu’ils veulent, dans leurs propres mots.
practice-step-answer = N’approuvez que ce que vous avez lancé vous-même. Ici, choisissez comme vous voulez.
practice-approved = Approuvée, pour l’entraînement
practice-approved-line = Avec une vraie demande, votre réponse serait maintenant signée avec la clé de cet ordinateur et envoyée. Elle ne pourrait pas être reprise.
practice-denied = Refusée, pour l’entraînement
practice-denied-line = Avec une vraie demande, rien ne serait approuvé, et il vous serait demandé si vous l’aviez lancée.
practice-reported = Refusée et signalée, pour l’entraînement
practice-reported-line = Avec une vraie demande, le site apprendrait que ce n’était pas vous, et ses notifications seraient coupées pendant 20 minutes.
practice-expired = Expirée, pour l’entraînement
practice-expired-line = Personne n’a répondu à temps. Avec une vraie demande, rien ne serait approuvé.
practice-again = Encore une fois
practice-end = Terminer l’entraînement

## Keychain trouble and other full pages

keychain-locked-title = Votre trousseau est verrouillé
keychain-locked-line = Countersign y garde ses clés de signature et ne peut donc pas répondre aux demandes tant qu’il n’est pas ouvert. Rien n’a été approuvé et rien n’est perdu.
keychain-locked-step-one = Choisissez « Déverrouiller le trousseau » : votre système demandera peut-être son mot de passe.
keychain-locked-step-two = Si rien n’est demandé, déverrouillez-le dans votre application de mots de passe ou de trousseau, ou fermez puis rouvrez votre session.
keychain-missing-title = Aucun trousseau n’a été trouvé
keychain-missing-line = Countersign garde ses clés de signature dans le trousseau du système et jamais dans un fichier ouvert ; il ne peut donc pas continuer sans lui. Rien n’a été approuvé et rien n’est perdu.
keychain-missing-step-one = Installez un service de trousseau, comme GNOME Keyring ou KWallet, et rouvrez votre session.
keychain-missing-step-two = Si cet ordinateur ne peut pas en avoir, utilisez plutôt une phrase secrète : les clés se trouvent alors dans un fichier que seule votre phrase secrète ouvre.
keychain-unlock = Déverrouiller le trousseau
vault-instead = Utiliser une phrase secrète
vault-title = Utiliser plutôt une phrase secrète ?
vault-line = Les nouvelles clés se trouveront dans un fichier de cet ordinateur que seule votre phrase secrète ouvre. Countersign la demande à chaque démarrage et ne l’enregistre jamais.
vault-keys-stay = Les clés du trousseau du système y restent intactes. Les demandes adressées à leurs comptes vous parviendront de nouveau dès qu’il pourra être ouvert.
vault-confirm = Utiliser cette phrase secrète
passphrase = Phrase secrète
passphrase-hint = Au moins 8 caractères ; plusieurs mots de préférence. Elle ne peut pas être récupérée.
passphrase-again = Phrase secrète, encore une fois
passphrase-title = Saisissez votre phrase secrète
passphrase-line = Les clés de signature de cet ordinateur sont dans un fichier que seule votre phrase secrète ouvre. D’ici là, aucune demande n’arrive. Rien n’a été approuvé et rien n’est perdu.
passphrase-open = Ouvrir
system-keychain = Utiliser de nouveau le trousseau du système
system-keychain-title = Utiliser de nouveau le trousseau du système ?
system-keychain-line = Les comptes dont la clé est dans le trousseau du système fonctionnent aussitôt de nouveau, et les nouvelles clés y sont créées.
system-keychain-closed = Les comptes dont la clé est dans le fichier que votre phrase secrète ouvre restent fermés jusqu’à ce que vous la saisissiez. Le fichier reste tel quel.
system-keychain-confirm = Utiliser le trousseau
trouble-title = Countersign n’a pas pu démarrer correctement
trouble-state = État : { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Ouvrir la boîte de réception
       *[other] Ouvrir la boîte de réception ({ $count })
    }
tray-more =
    { $count ->
        [one] { $count } autre demande
       *[other] { $count } autres demandes
    }
no-tray = Ce bureau n’a pas de zone de notification
no-tray-what = Fermer la fenêtre quitte Countersign. Les demandes ne sont alors plus annoncées.
tray-check-now = Vérifier maintenant
tray-mute = Couper les notifications
tray-mute-minutes = Pendant 20 minutes
tray-mute-hour = Pendant 1 heure
tray-mute-tomorrow = Jusqu’à demain
tray-unmute = Rétablir les notifications
tray-lock = Verrouiller
tray-quit = Quitter
notify-asks = { $requester } demande votre approbation
notify-question = { $requester } demande : { $question }
notify-locked = Une demande attend votre réponse
notify-locked-body = Déverrouillez Countersign pour la voir.
notify-burst = { $requester } ne cesse de demander
notify-burst-locked = Les demandes se succèdent
notify-burst-body = Les suivantes n’apparaissent que dans Countersign, sans notification. Si ce n’est pas vous, signalez-le là-bas.
notify-approved = Approuvée · { $requester }
notify-denied = Refusée · { $requester }
notify-denied-body = Si vous n’avez pas lancé cela vous-même, signalez-le dans Countersign.
notify-failed = { $requester } : votre réponse n’est pas confirmée
notify-failed-locked = Votre réponse n’est pas confirmée
notify-trial = Ceci n’est qu’un essai
notify-trial-body = Personne ne demande rien. C’est ainsi que les demandes vous parviennent.
notify-see = Ouvrez Countersign pour voir de quoi il s’agit.
notify-open = Ouvrir
notify-review = Examiner
