# German. People are addressed with “Sie”.
# approve = genehmigen, deny = ablehnen, request = Anfrage, account = Konto, factor = Faktor, key = Schlüssel,
# keychain = Schlüsselbund, site = Website, enrolment link = Registrierungslink, vault = Tresor.

## Names and places

app-name = Countersign
place-inbox = Eingang
place-inbox-count =
    { $count ->
        [one] Eingang, 1 offene Anfrage
       *[other] Eingang, { $count } offene Anfragen
    }
place-factors = Faktoren
place-settings = Einstellungen
place-history = Verlauf
nav-label = Bereiche
add-account = Konto hinzufügen
cancel = Abbrechen
dismiss = Ausblenden
check-now = Jetzt prüfen
checking = Wird geprüft …
try-again = Erneut versuchen
loading = Countersign wird geöffnet …
back = Zurück
kept = Gespeichert

## Connection, in the header

status-online = Geprüft: { $time }
status-never = Noch nicht geprüft
status-offline = Offline
status-paused = Prüft nicht von selbst

## Time

time-left = Noch { $time }
time-left-hurry =
    { $seconds ->
        [one] Nur noch 1 Sekunde
       *[other] Nur noch { $seconds } Sekunden
    }
day-today = Heute
day-yesterday = Gestern
duration-seconds =
    { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
duration-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
duration-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
duration-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }

## Said to screen readers

announce-arrival = Neue Anfrage von { $requester }. Noch { $time }.
announce-left = Anfrage von { $requester }: noch { $time }.
announce-expired = Die Anfrage von { $requester } ist abgelaufen. Es wurde nichts genehmigt.

## Inbox

inbox-list = Anfragen
inbox-empty-title = Keine Anfragen
inbox-empty-checked = Zuletzt geprüft: { $time }
inbox-empty-never = Noch nicht geprüft
inbox-empty-hint = Wenn eine Website Ihre Genehmigung braucht, erscheint die Anfrage hier.
inbox-accounts = Wartet auf Anfragen von
inbox-back = Zurück zum Eingang

burst-count = { $count } gleiche in kurzer Zeit
burst-unfold = Alle zeigen
burst-fold = Eine zeigen
burst-unfold-of = Alle { $count } Anfragen von { $requester } zeigen
burst-fold-of = Eine für alle { $count } Anfragen von { $requester } zeigen
burst-title = { $count } Anfragen mit demselben Wortlaut kamen in kurzer Zeit
burst-advice = Vielleicht hofft jemand, dass Sie eine genehmigen, nur um Ruhe zu haben. Wenn Sie sie nicht ausgelöst haben, wählen Sie „Das war ich nicht“.

## Banners

banner-offline = Offline seit { $time }
banner-offline-age = Diese Ansicht ist { $age } alt. Bis die Verbindung wieder steht, kann nichts genehmigt oder abgelehnt werden.
banner-offline-unknown = Bis die Verbindung wieder steht, kann nichts genehmigt oder abgelehnt werden.
banner-keychain = Der Schlüsselbund des Systems ist nicht erreichbar
banner-keychain-line = Anfragen an Konten, deren Schlüssel darin liegt, kommen erst an, wenn er sich wieder öffnen lässt. Nichts davon ist verloren.
banner-vault = Einige Konten sind geschlossen
banner-vault-line = Ihre Schlüssel liegen in der Datei, die Ihre Passphrase öffnet. Anfragen an sie erreichen Sie wieder, sobald Sie sie eingegeben haben.
banner-vault-gone = Die Datei mit ihren Schlüsseln ist nicht da. Bringen Sie sie an ihren Platz zurück, oder entfernen Sie die Konten, und fügen Sie sie auf ihren Websites neu hinzu.
banner-clock =
    { $direction ->
        [slow] Die Uhr dieses Computers geht gegenüber { $host } um { $difference } nach
       *[fast] Die Uhr dieses Computers geht gegenüber { $host } um { $difference } vor
    }
banner-clock-advice = Die Restzeit richtet sich nach der Uhr des Servers, Sie können also weitermachen. Wenn die Uhr dieses Computers falsch geht, stellen Sie sie in den Systemeinstellungen; sonst werden Antworten möglicherweise abgewiesen.
banner-paused = Ein anderes Countersign prüft bereits auf Anfragen
banner-paused-advice = Dieses Fenster zeigt, was jenes findet. „Jetzt prüfen“ funktioniert weiterhin.
mute-bar = Benachrichtigungen sind stumm bis { $time }
mute-bar-factor = Benachrichtigungen von { $requester } sind stumm bis { $time }
mute-bar-reported = Benachrichtigungen von { $requester } sind stumm bis { $time }, weil Sie gesagt haben, dass eine Anfrage nicht von Ihnen war
mute-bar-line = Anfragen erscheinen weiterhin hier.
unmute = Stummschaltung aufheben

## A request

request-asks = bittet um Ihre Genehmigung
request-from-label = Anfrage von { $requester }
request-quote = { $requester } schreibt
request-no-message = { $requester } hat dieser Anfrage keine Nachricht mitgegeben.
request-account = Konto
request-identity = Identität
request-asked = Gestellt
request-asked-value = { $asked }, läuft ab: { $expires }
request-date = Datum
request-details = Angaben von { $requester }
request-twins =
    { $count ->
        [one] Für denselben Vorgang noch einmal gestellt; eine Antwort gilt für beide Anfragen.
       *[other] Für denselben Vorgang noch { $count }-mal gestellt; eine Antwort gilt für alle Anfragen.
    }
request-unsigned-title = Ihre Signatur deckt diese Angaben nicht ab
request-unsigned = { $host } hat sie aus dem ausgelassen, was signiert wird. Später könnte behauptet werden, Sie hätten etwas anderes genehmigt. Genehmigen Sie nur, wenn Sie { $host } das anvertrauen.
request-field-unsigned = Nicht von Ihrer Signatur abgedeckt
request-hidden-characters = Enthält unsichtbare Zeichen, dargestellt als �
request-changed-title = Diese Anfrage hat sich geändert, nachdem sie Ihnen gezeigt wurde
request-changed = Es wurde nichts signiert. Lesen Sie sie unten noch einmal, bevor Sie antworten.
request-field-changed = Geändert
request-show-all = Alles anzeigen
request-show-less = Weniger anzeigen
request-show-all-of = { $label }: alles anzeigen
request-show-less-of = { $label }: weniger anzeigen
request-here-title = Eine Seite auf diesem Computer hat auf diese Anfrage verwiesen
request-here = Das kann jede Website, die hier offen ist. Es zeigt nicht, dass Sie die Anfrage ausgelöst haben.
unusual-recentlyDenied = Sie haben vor Kurzem eine Anfrage von { $requester } abgelehnt
unusual-recentlyDenied-advice = Wenn jemand anders jene ausgelöst hat, kann auch diese von dort kommen. Genehmigen Sie nur, was Sie gerade selbst ausgelöst haben.
unusual-burst = Mehrere Anfragen von { $requester } kamen innerhalb weniger Minuten
unusual-burst-advice = Vielleicht hofft jemand, dass Sie eine genehmigen, nur um Ruhe zu haben. Genehmigen Sie nur, was Sie gerade selbst ausgelöst haben.
unusual-firstApproval = Sie haben hier noch nie etwas für { $requester } genehmigt
unusual-firstApproval-advice = Sehen Sie sich oben die Adresse an, und genehmigen Sie nur, was Sie gerade selbst ausgelöst haben.
unusual-newMessage = Das hat { $requester } Sie noch nie gefragt
unusual-newMessage-advice = Lesen Sie genau, und genehmigen Sie nur, was Sie gerade selbst ausgelöst haben.
unusual-newDetails = Das hat { $requester } Sie schon gefragt, aber mit anderen Angaben
unusual-newDetails-advice = Vergleichen Sie die Angaben unten mit dem, was Sie gerade selbst ausgelöst haben.
unusual-sure = Ich habe das gelesen und selbst ausgelöst
request-technical = Technische Angaben
request-signed-fields = Signatur deckt ab
request-signed-none = keine Angaben
request-challenge = Challenge
request-factor = Faktor
request-service = Dienst
request-api-account = API-Konto
request-digest = Prüfsumme des Angezeigten

## Answering

approve = Genehmigen
deny = Ablehnen
decision-label = Ihre Antwort
decision-approving = Genehmigung wird signiert und gesendet …
decision-confirming = Es wird bestätigt, dass Sie es sind …
decision-denying = Ablehnung wird signiert und gesendet …
decision-reporting = Wird abgelehnt und gemeldet …
not-me = Das war ich nicht
number-label = Geben Sie die Zahl ein, die dort steht, wo Sie sich anmelden
number-digits =
    { $count ->
        [one] 1 Ziffer
       *[other] { $count } Ziffern
    }
number-digits-unknown = 2 bis 8 Ziffern
number-checked-server = wird vom Server geprüft
number-checked-app = wird von dieser App geprüft
number-tries =
    { $count ->
        [one] noch ein Versuch
       *[other] noch { $count } Versuche
    }
number-none = Sie sehen keine Zahl? Dann lehnen Sie ab.
number-typed =
    { $count ->
        [one] 1 Ziffer eingegeben
       *[other] { $count } Ziffern eingegeben
    }
report-again = Erneut melden
report-question = Haben Sie das selbst ausgelöst?
report-mine = Ja, Anfrage verwerfen
report-note = Was sollte { $requester } noch wissen? (freiwillig)
report-note-over =
    { $count ->
        [one] 1 Zeichen zu viel
       *[other] { $count } Zeichen zu viel
    }
report-note-left =
    { $count ->
        [one] noch 1 Zeichen
       *[other] noch { $count } Zeichen
    }
decision-blocked-offline = { $host } ist nicht erreichbar, deshalb kann keine Antwort gesendet werden. Antworten werden nie für später aufgehoben.
decision-blocked-opening = Einen Moment: Der neueste Stand wird von { $host } geholt.
decision-blocked-unread = Der neueste Stand konnte nicht geholt werden, deshalb ist noch keine Antwort möglich.
decision-blocked-revoked = { $host } akzeptiert den Schlüssel dieses Computers nicht mehr.
decision-blocked-key = Der Schlüssel für dieses Konto ist nicht mehr da, deshalb kann damit nichts signiert werden.
open-factors = Faktoren öffnen

## How a request ended

ended-approved = Genehmigt
ended-approved-line = Genehmigt · { $time } · mit dem Schlüssel dieses Computers signiert
ended-approved-detail = { $requester } hat Ihre signierte Antwort.
ended-denied = Abgelehnt
ended-denied-line = Abgelehnt.
ended-denied-detail = { $requester } hat es um { $time } erfahren. Es wurde nichts genehmigt.
ended-wrongNumbers = Abgelehnt
ended-wrongNumbers-line = Nach drei falschen Zahlen abgelehnt.
ended-wrongNumbers-detail = Es wurde nichts genehmigt. Wenn Sie das noch möchten, lassen Sie sich von { $requester } eine neue Anfrage senden.
ended-reported-server = Gemeldet
ended-reported-server-line = Abgelehnt und { $requester } gemeldet.
ended-reported-server-detail = { $requester } hat um { $time } erfahren, dass Sie das nicht waren. Benachrichtigungen von dort sind 20 Minuten lang stumm; Anfragen erscheinen weiterhin hier. Vielleicht kennt jemand Ihr Passwort: Ändern Sie es dort.
ended-reported-address = Abgelehnt
ended-reported-address-line = Abgelehnt. Der Grund wurde noch niemandem mitgeteilt.
ended-reported-address-detail = { $requester } nimmt von hier keine Meldungen an, nennt dafür aber diese Adresse. Öffnen Sie sie in Ihrem Browser, und ändern Sie Ihr Passwort bei { $requester }.
ended-reported-nobody = Abgelehnt
ended-reported-nobody-line = Abgelehnt. Der Grund wurde niemandem mitgeteilt.
ended-reported-nobody-detail = { $requester } nimmt von hier keine Meldungen an. Geben Sie dort selbst Bescheid, und ändern Sie dort Ihr Passwort: Vielleicht kennt es jemand.
ended-reported-failed = Abgelehnt
ended-reported-failed-line = Abgelehnt, aber die Meldung ist nicht angekommen.
ended-reported-failed-detail = Es wurde nichts genehmigt. { $requester } weiß noch nicht, dass Sie das nicht waren.
ended-expired = Abgelaufen
ended-expired-line = Abgelaufen um { $time }. Es wurde nichts genehmigt.
ended-expired-detail = Wenn Sie das noch möchten, lassen Sie sich von { $requester } eine neue Anfrage senden.
ended-unconfirmed = Nicht bestätigt
ended-unconfirmed-line = Abgelaufen um { $time }. Ob Ihre Antwort angekommen ist, ist nicht bekannt.
ended-unconfirmed-detail = Sie wurde gesendet, und der Server hat sie nicht bestätigt. Sehen Sie im Verlauf nach, sobald der Server erreichbar ist, oder fragen Sie bei { $requester } nach.
ended-elsewhere-approved = Anderswo beantwortet
ended-elsewhere-approved-line = Auf einem anderen Gerät genehmigt.
ended-elsewhere-approved-detail = Die Antwort kam nicht von diesem Computer. Wenn Sie das nicht waren, sagen Sie es { $requester } sofort.
ended-elsewhere-denied = Anderswo beantwortet
ended-elsewhere-denied-line = Auf einem anderen Gerät abgelehnt.
ended-elsewhere-denied-detail = Die Antwort kam nicht von diesem Computer. Es wurde nichts genehmigt.
ended-elsewhere-unknown = Anderswo beantwortet
ended-elsewhere-unknown-line = Bereits auf einem anderen Gerät beantwortet.
ended-elsewhere-unknown-detail = Von diesem Computer wurde nichts gesendet. Die Antwort steht im Verlauf.
ended-withdrawn = Zurückgezogen
ended-withdrawn-line = { $requester } hat diese Anfrage zurückgezogen.
ended-withdrawn-detail = Es wurde nichts genehmigt.

## Errors: what happened, whether anything was approved, what to do

error-code = Code: { $code }
error-during-link = Es wurde nichts hinzugefügt und nichts gesendet.
error-during-enrol = Das Konto wurde nicht hinzugefügt.
error-during-remove = Das Konto wurde nicht entfernt.
error-during-change = Es wurde nichts geändert.
error-linkInvalid = Das ist kein Registrierungslink
error-linkInvalid-advice = Kopieren Sie den ganzen Link von der Website, von countersign:// bis zum Ende, und fügen Sie ihn erneut ein.
error-linkOneTimeCode = Das ist ein Code für Einmalpasswörter
error-linkOneTimeCode-advice = Countersign verwendet sie nicht. Nehmen Sie dafür eine App für Einmalcodes, oder bitten Sie die Website um eine Genehmigung per Push.
error-linkOtherKind = Dieser Link ist für eine andere Art von Gerät
error-linkOtherKind-advice = Bitten Sie die Website um eine Registrierung, bei der per Push genehmigt wird.
error-linkTooNew = Dieser Link ist neuer als dieses Countersign
error-linkTooNew-advice = Aktualisieren Sie Countersign, und öffnen Sie den Link dann erneut.
error-linkInsecure = Die Adresse in diesem Link ist nicht sicher
error-linkInsecure-advice = Verwenden Sie ihn nicht. Bitten Sie die Website um einen Link, dessen Server mit https beginnt.
error-codeMissing = In dem Bild wurde kein QR-Code gefunden
error-codeMissing-advice = Machen Sie den Code größer oder schärfer, mit etwas freiem Rand, und versuchen Sie es erneut. Sie können auch den Link darunter kopieren.
error-codeOther = Dieser QR-Code ist keine Registrierung
error-codeOther-advice = Er enthält etwas anderes, das nicht geöffnet wurde. Suchen Sie den Code, den die Website Registrierung oder Einrichtung nennt.
error-pictureTooLarge = Dieses Bild ist zu groß
error-pictureTooLarge-advice = Schneiden Sie den Teil mit dem Code aus, und versuchen Sie es erneut. Gelesen werden höchstens 20 MB und 50 Millionen Bildpunkte.
error-pictureUnknown = Dieses Bild kann Countersign nicht lesen
error-pictureUnknown-advice = Nehmen Sie PNG, JPEG, WebP, GIF oder BMP, oder wählen Sie einen Bereich des Bildschirms.
error-pictureDamaged = Dieses Bild ist beschädigt
error-pictureDamaged-advice = Speichern oder kopieren Sie es erneut, oder wählen Sie einen Bereich des Bildschirms.
error-clipboardEmpty = Es gibt kein Bild und keinen Link zum Einfügen
error-clipboardEmpty-advice = Kopieren Sie zuerst den QR-Code oder den Link, und fügen Sie ihn dann hier ein.
error-screenUnavailable = Dieser Desktop lässt Countersign den Bildschirm nicht sehen
error-screenUnavailable-advice = Machen Sie selbst ein Bildschirmfoto des Codes und ziehen Sie es hierher, oder kopieren Sie den Link. Erlauben Sie unter macOS die Bildschirmaufnahme in den Datenschutz-Einstellungen.
error-linkUsedOrExpired = Dieser Link wurde schon verwendet oder ist abgelaufen
error-linkUsedOrExpired-advice = Holen Sie sich auf der Website einen neuen. Wenn Sie den alten nicht selbst verwendet haben, teilen Sie der Website mit, dass es jemand anders war.
error-notFound = Diese Anfrage gibt es nicht mehr
error-notFound-what = Es wurde nichts genehmigt.
error-notFound-advice = Wenn Sie das noch möchten, lassen Sie sich von der Website eine neue Anfrage senden.
error-notFound-remove = Dieses Konto ist nicht mehr auf diesem Computer
error-notFound-remove-what = Es gab nichts zu entfernen.
error-notFound-remove-advice = Es ist nichts weiter zu tun.
error-expired = Diese Anfrage ist abgelaufen
error-expired-what = Es wurde nichts genehmigt.
error-expired-advice = Wenn Sie das noch möchten, lassen Sie sich von der Website eine neue Anfrage senden.
error-alreadyAnswered = Diese Anfrage wurde schon beantwortet
error-alreadyAnswered-what = Von diesem Computer wurde nichts gesendet.
error-alreadyAnswered-advice = Die Antwort steht im Verlauf.
error-changedSinceShown = Diese Anfrage hat sich geändert, nachdem sie Ihnen gezeigt wurde
error-changedSinceShown-what = Es wurde nichts signiert.
error-changedSinceShown-advice = Lesen Sie sie noch einmal, bevor Sie antworten.
error-numberNeeded = Diese Anfrage wird mit einer Zahl genehmigt
error-numberNeeded-what = Es wurde nichts genehmigt.
error-numberNeeded-advice = Geben Sie die Zahl ein, die dort steht, wo Sie den Vorgang ausgelöst haben.
error-wrongNumber = Das ist nicht die Zahl
error-wrongNumber-what =
    { $count ->
        [one] Es wurde nichts genehmigt. Ein Versuch bleibt; danach wird die Anfrage abgelehnt.
       *[other] Es wurde nichts genehmigt. { $count } Versuche bleiben.
    }
error-wrongNumber-advice = Sehen Sie noch einmal dort nach, wo Sie den Vorgang ausgelöst haben.
error-wrongNumberDenied = Das war dreimal nicht die Zahl
error-wrongNumberDenied-what = Die Anfrage ist abgelehnt. Es wurde nichts genehmigt.
error-wrongNumberDenied-advice = Wenn Sie das noch möchten, lassen Sie sich von der Website eine neue Anfrage senden.
error-numberLocked = Zu viele falsche Zahlen
error-numberLocked-what = Es wurde nichts genehmigt. Der Server nimmt von diesem Computer vorerst keine Zahlen mehr an.
error-numberLocked-advice = Versuchen Sie es morgen wieder, oder melden Sie sich auf anderem Weg an. Ablehnen können Sie weiterhin.
error-presenceRefused = Es wurde nicht bestätigt, dass Sie es sind
error-presenceRefused-what = Es wurde nichts genehmigt und nichts geändert.
error-presenceRefused-advice = Versuchen Sie es erneut, und antworten Sie, wenn das System fragt.
error-presenceUnavailable = Dieser Computer kann nicht bestätigen, dass Sie es sind
error-presenceUnavailable-what = Es wurde nichts genehmigt und nichts geändert.
error-presenceUnavailable-advice = Legen Sie in den Einstellungen eine PIN fest. Wenn ein Konto die Bestätigung schon verlangt, entfernen Sie es unter „Faktoren“, und fügen Sie es von der Website aus neu hinzu.
error-presenceUnavailable-unlock-advice = Schalten Sie wieder ein, was bisher nach Ihnen gefragt hat: Windows Hello, Touch ID oder unter Linux einen polkit-Agenten. Wenn es das nicht mehr gibt, geben Sie in einem Terminal „countersign pin set“ ein, und entsperren Sie mit dieser PIN; falls dafür ein Konto entfernt werden muss, steht es dort.
error-pinNeeded = Dafür wird Ihre PIN benötigt
error-pinNeeded-what = Es wurde nichts genehmigt und nichts geändert.
error-pinNeeded-advice = Geben Sie Ihre Countersign-PIN ein.
error-pinWrong =
    { $seconds ->
        [0] Das ist nicht die PIN
       *[other] Gerade wird keine PIN angenommen
    }
error-pinWrong-what =
    { $seconds ->
        [0] Es wurde nichts genehmigt und nichts geändert. { $count ->
            [one] Ein Versuch bleibt.
           *[other] { $count } Versuche bleiben.
        }
        [one] Es wurde nichts genehmigt und nichts geändert. Nach zu vielen falschen wird noch eine Sekunde lang keine PIN geprüft, auch die richtige nicht.
       *[other] Es wurde nichts genehmigt und nichts geändert. Nach zu vielen falschen wird { $seconds } Sekunden lang keine PIN geprüft, auch die richtige nicht.
    }
error-pinWrong-advice = Wenn Sie sie vergessen haben, entfernen Sie Ihre Konten, im Terminal mit countersign remove, und fügen Sie sie von den Websites aus neu hinzu.
error-pinLength = Eine PIN hat 6 bis 128 Zeichen
error-pinLength-what = Es wurde nichts genehmigt und nichts geändert.
error-pinLength-advice = Wählen Sie eine andere.
error-pinStillNeeded = Die PIN wird noch gebraucht
error-pinStillNeeded-what = Es wurde nichts genehmigt, und die PIN wurde nicht entfernt.
error-pinStillNeeded-advice = Ein Konto verlangt eine Bestätigung, und dieser Computer hat dafür nichts anderes. Schalten Sie das zuerst aus.
error-offline = Der Server ist nicht erreichbar
error-offline-what = Es wurde nichts gesendet.
error-offline-approve-what = Ihre Genehmigung ist nicht bestätigt und wird nicht für später aufgehoben.
error-offline-deny-what = Ihre Ablehnung ist nicht bestätigt.
error-offline-report-what = Ihre Ablehnung ist nicht bestätigt, und es wurde nichts gemeldet.
error-offline-advice = Prüfen Sie die Verbindung, und versuchen Sie es erneut.
error-unconfirmed = Ob Ihre Antwort angekommen ist, ist nicht bekannt
error-unconfirmed-what = Sie wurde gesendet, und der Server hat sie nicht bestätigt.
error-unconfirmed-report-what = Ihre Ablehnung wurde gesendet, und der Server hat sie nicht bestätigt. Es wurde nichts gemeldet.
error-unconfirmed-advice = Sehen Sie gleich hier oder im Verlauf nach, was daraus geworden ist. Was noch wartet, können Sie erneut beantworten.
error-clock = Der Server akzeptiert die Uhrzeit dieses Computers nicht
error-clock-what = Es wurde nichts genehmigt.
error-clock-advice = Lassen Sie Datum und Uhrzeit in den Systemeinstellungen automatisch einstellen, und versuchen Sie es erneut.
error-keychainMissing = Dieser Computer hat keinen Schlüsselbund für Schlüssel
error-keychainMissing-what = Es wurde nichts genehmigt und kein Schlüssel erzeugt.
error-keychainMissing-advice = Installieren und starten Sie einen Schlüsselbund wie GNOME Keyring oder KWallet, und versuchen Sie es erneut.
error-keychainLocked = Der Schlüsselbund ist gesperrt
error-keychainLocked-what = Es wurde nichts genehmigt.
error-keychainLocked-advice = Entsperren Sie ihn, und versuchen Sie es erneut.
error-keychainRefused = Der Schlüsselbund hat den Schlüssel nicht freigegeben
error-keychainRefused-what = Es wurde nichts genehmigt.
error-keychainRefused-advice = Erlauben Sie es Countersign, wenn das System fragt, und versuchen Sie es erneut.
error-keyLost = Der Schlüssel für dieses Konto ist nicht mehr auf diesem Computer
error-keyLost-what = Es wurde nichts genehmigt, und dieser Schlüssel lässt sich nicht wiederherstellen.
error-keyLost-advice = Entfernen Sie das Konto unter „Faktoren“, und fügen Sie es von der Website aus neu hinzu.
error-refused = Der Server hat das abgewiesen
error-refused-what = Es wurde nichts genehmigt.
error-refused-advice = Versuchen Sie es erneut. Wenn es so bleibt, wenden Sie sich an die Website, und nennen Sie den Code unten.
error-factorRevoked = Die Website akzeptiert den Schlüssel dieses Computers nicht mehr
error-factorRevoked-what = Es wurde nichts genehmigt.
error-factorRevoked-advice = Entfernen Sie das Konto unter „Faktoren“. Wenn Sie es noch brauchen, fügen Sie es von der Website aus neu hinzu.
error-locked = Countersign ist gesperrt
error-locked-what = Es wurde nichts genehmigt.
error-locked-advice = Entsperren Sie es, und versuchen Sie es erneut.
error-lockUnavailable = Dieser Computer kann nicht feststellen, wer ihn benutzt
error-lockUnavailable-what = Es wurde nichts gesperrt oder entsperrt und nichts genehmigt.
error-lockUnavailable-advice = Richten Sie in den Einstellungen eine PIN ein, und versuchen Sie es erneut.
error-choiceInvalid = Dieser Wert kann nicht verwendet werden
error-choiceInvalid-what = Es wurde nichts geändert und nichts genehmigt.
error-choiceInvalid-advice = Wählen Sie einen anderen.
error-autostartRefused = Das System hat das nicht angenommen
error-autostartRefused-what = Countersign startet wie bisher. Es wurde nichts genehmigt.
error-autostartRefused-advice = Fügen Sie Countersign in der Liste der Autostart-Programme des Systems selbst hinzu, oder entfernen Sie es dort.
error-storage = Countersign kann seine eigenen Daten nicht lesen oder schreiben
error-storage-what = Es wurde nichts genehmigt.
error-storage-advice = Prüfen Sie, ob der Datenträger voll ist und ob die Dateien Ihnen gehören, und versuchen Sie es erneut.
error-storageTooNew = Diese Daten hat ein neueres Countersign geschrieben
error-storageTooNew-what = Es wurde nichts genehmigt und nichts geändert.
error-storageTooNew-advice = Aktualisieren Sie Countersign; ein älteres kann sie nicht lesen.
error-storageDamaged = Die eigenen Daten von Countersign sind beschädigt
error-storageDamaged-what = Es wurde nichts genehmigt.
error-storageDamaged-advice = Stellen Sie das Profil aus einer Kopie wieder her, oder entfernen Sie es und fügen Sie Ihre Konten neu hinzu.
error-storageOutdated = Dieses Countersign läuft mit einer zu alten Datenbank
error-storageOutdated-what = Es wurde nichts genehmigt.
error-storageOutdated-advice = Installieren Sie Countersign erneut aus seinem eigenen Paket.
error-keyUnclear = Der Schlüssel für dieses Konto ist nicht eindeutig
error-keyUnclear-what = Es wurde nichts genehmigt. Der Schlüsselbund enthält dafür mehr als einen Eintrag oder einen beschädigten.
error-keyUnclear-advice = Entfernen Sie das Konto unter „Faktoren“, und fügen Sie es von der Website aus neu hinzu.
error-vaultLocked = Die Passphrase des Tresors fehlt oder ist falsch
error-vaultLocked-what = Es wurde nichts genehmigt.
error-vaultLocked-advice = Schreiben Sie die richtige Passphrase in die Datei, die COUNTERSIGN_VAULT_PASSPHRASE_FILE nennt, und versuchen Sie es erneut.
error-passphraseNeeded = Countersign braucht Ihre Passphrase
error-passphraseNeeded-what = Es wurde nichts genehmigt.
error-passphraseNeeded-advice = Geben Sie sie im Fenster von Countersign ein.
error-passphraseWrong = Das ist nicht die Passphrase
error-passphraseWrong-what = Es wurde nichts genehmigt und nichts geändert.
error-passphraseWrong-advice = Geben Sie sie noch einmal ein, mit denselben Großbuchstaben und Leerzeichen. Ohne sie lassen sich die Schlüssel in ihrer Datei nicht verwenden.
error-passphraseShort = Eine Passphrase hat mindestens 8 Zeichen
error-passphraseShort-what = Es wurde nichts genehmigt und nichts geändert.
error-passphraseShort-advice = Wählen Sie eine längere, am besten mehrere Wörter.
error-vaultMissing = Die Datei des Tresors ist nicht da
error-vaultMissing-what = Es wurde nichts genehmigt.
error-vaultMissing-advice = Bringen Sie die Datei an ihren Platz zurück, und versuchen Sie es erneut. Ist sie verloren, sind es auch ihre Schlüssel: Verwenden Sie wieder den Schlüsselbund des Systems, entfernen Sie die Konten dieser Schlüssel, und fügen Sie sie auf ihren Websites neu hinzu.
error-vaultUnusable = Die Datei des Tresors kann nicht verwendet werden
error-vaultUnusable-what = Es wurde nichts genehmigt.
error-vaultUnusable-advice = Prüfen Sie, ob die Datei nur Ihnen gehört und ob sie gelesen und geschrieben werden kann, und versuchen Sie es erneut.
error-vaultDamaged = Die Datei des Tresors ist beschädigt
error-vaultDamaged-what = Es wurde nichts genehmigt.
error-vaultDamaged-advice = Stellen Sie die Datei aus einer Kopie wieder her, oder entfernen Sie sie und fügen Sie Ihre Konten neu hinzu.
error-vaultFull = Der Tresor ist voll
error-vaultFull-what = Es wurde nichts genehmigt und kein Schlüssel erzeugt.
error-vaultFull-advice = Entfernen Sie ein Konto, das Sie nicht mehr brauchen, und versuchen Sie es erneut.
error-internal = In Countersign ist etwas schiefgegangen
error-internal-what = Es wurde nichts als genehmigt bestätigt.
error-internal-advice = Versuchen Sie es erneut. Wenn es so bleibt, starten Sie Countersign neu.

## Add account

add-title = Konto hinzufügen
add-intro = Die Website, für die Sie genehmigen möchten, zeigt einen QR-Code oder einen Registrierungslink. Bringen Sie eines davon hierher.
add-code = Aus einem QR-Code
add-code-hint = Ziehen Sie ein Bild irgendwo auf diese Seite, oder fügen Sie eines ein. Es wird auf diesem Computer gelesen und nicht aufbewahrt.
add-screen = Bereich des Bildschirms wählen
add-file = Bild auswählen
add-paste = Bild oder Link einfügen
add-camera = Kamera verwenden
add-camera-none = Dieser Computer hat keine Kamera
add-drop-here = Bild hier ablegen
add-link = Registrierungslink
add-link-hint = Beginnt mit countersign:// und gilt einmal, für wenige Minuten.
add-continue = Weiter
add-reading = Wird gelesen …
choose-title = Welches Konto?
choose-intro = Es wurden { $count } Registrierungscodes gefunden. Die Adresse sagt, wohin jeder führt.
camera-title = Zeigen Sie der Kamera den QR-Code
camera-intro = Halten Sie ihn so, dass er etwa das halbe Bild füllt. Was die Kamera sieht, bleibt auf diesem Computer und wird nicht aufbewahrt.
camera-opening = Kamera wird geöffnet …
camera-looking = Es wird nach einem Code gesucht …
camera-none = Hier kann keine Kamera verwendet werden. Wählen Sie stattdessen einen Bereich des Bildschirms oder ein Bild.
camera-refused = Das System lässt Countersign die Kamera nicht verwenden. Erlauben Sie es in den Datenschutz-Einstellungen des Systems, oder wählen Sie einen anderen Weg.
camera-other-way = Anderen Weg wählen
confirm-title = Dieses Konto hinzufügen?
confirm-host = Dieser Link gehört zu
confirm-host-unicode = Sieht aus wie { $unicode }
confirm-punycode-title = Diese Adresse ist mit fremden Buchstaben geschrieben
confirm-punycode = Sie ahmt vielleicht eine andere nach. Vergleichen Sie sie Buchstabe für Buchstabe mit der Website, die Sie meinen.
confirm-loopback = Ein Server auf diesem Computer. Gut zum Ausprobieren.
confirm-cloud = Ein Cloud-Dienst, den viele Websites gemeinsam nutzen. Er beweist nicht, von welcher Website dieser Link stammt.
confirm-issuer = Website
confirm-account = Konto
confirm-identity = Identität
confirm-claimed = laut Link
confirm-later = steht nach dem Fortfahren fest
confirm-created = Wird angelegt
confirm-created-value = Ein neuer Signierschlüssel, nur für dieses Konto
confirm-key = Ort des Schlüssels
confirm-key-value = { $location }; Countersign sendet ihn nie irgendwohin
key-place-keyring = der Schlüsselbund dieses Desktops
key-place-macKeychain = der macOS-Schlüsselbund
key-place-credentialManager = die Windows-Anmeldeinformationsverwaltung
key-place-vault = eine mit Ihrer Passphrase verschlüsselte Datei
key-place-memory = der Arbeitsspeicher, bis das Programm endet
confirm-only = Fahren Sie nur fort, wenn Sie das gerade selbst begonnen haben und { $host } vertrauen.
confirm-only-cloud = Fahren Sie nur fort, wenn Sie das selbst begonnen haben, auf einer Website, der Sie vertrauen.
confirm-add = Konto hinzufügen
confirm-adding = Schlüssel wird erzeugt und { $host } mitgeteilt …
added-title = { $name } wurde hinzugefügt
added-line = Anfragen von { $host } erscheinen ab jetzt im Eingang.
added-key = Der Schlüssel wurde auf diesem Computer erzeugt und bleibt hier: { $location }.
added-inbox = Zum Eingang
added-another = Weiteres hinzufügen

## Factors

factors-title = Faktoren
factors-intro = Jeder Faktor ist ein Schlüssel auf diesem Computer, den eine Website als Ihre Antwort akzeptiert.
factors-empty-title = Noch keine Faktoren
factors-empty-hint = Fügen Sie ein Konto hinzu, um den ersten anzulegen.
factor-server = Server
factor-identity = Identität
factor-key = Ort des Schlüssels
factor-added = Hinzugefügt
factor-contact = Letzter Kontakt
factor-never = nie
factor-remove = Entfernen
factor-remove-name = { $name } entfernen
factor-online = Verbunden
factor-offline = Offline seit { $time }
factor-skewed = Uhr weicht um { $difference } ab
factor-signed-out = Schlüssel nicht mehr akzeptiert
factor-signed-out-advice = Die Website hat diesen Faktor entfernt. Entfernen Sie ihn auch hier; wenn Sie ihn noch brauchen, fügen Sie ihn von der Website aus neu hinzu.
factor-never-checked = Noch nicht geprüft
factor-unverified = Nicht abgeschlossen
factor-unverified-advice = Das Hinzufügen dieses Kontos wurde unterbrochen. Countersign schließt es ab, sobald der Server erreichbar ist.
remove-title = { $name } entfernen?
remove-line = Der Schlüssel für { $account } bei { $host } wird von diesem Computer gelöscht und lässt sich nicht wiederherstellen.
remove-advice = Vergewissern Sie sich, dass Sie sich dort noch auf anderem Weg anmelden können.
remove-confirm = Entfernen und Schlüssel löschen
removing = Wird entfernt …
removed = { $name } wurde entfernt. { $host } hat es erfahren.
removed-untold = { $name } wurde von diesem Computer entfernt. { $host } weiß es noch nicht; Countersign teilt es mit, sobald der Server erreichbar ist.

factor-mute = Benachrichtigungen
factor-mute-hint = Anfragen erscheinen auf jeden Fall hier.
policy-title = Wie Anfragen genehmigt werden
policy-verification = Bestätigen, dass Sie es sind
policy-verification-hint = Durch das System dieses Computers, oder mit Ihrer PIN, wo es nicht fragen kann. Zum Ablehnen ist das nie nötig.
policy-verification-never = Nie
policy-verification-unusual = Bei Neuem oder Ungewöhnlichem
policy-verification-always = Vor jeder Genehmigung
policy-answerFromNotification = In Benachrichtigungen genehmigen
policy-answerFromNotification-hint = Sonst bietet eine Benachrichtigung an, die Anfrage anzusehen und abzulehnen. Nie, solange Countersign gesperrt ist, und nie, wo eine Zahl einzugeben ist.
policy-answerFromTray = Im Menü des Infobereichs genehmigen
policy-answerFromTray-hint = Sonst bietet das Menü an, die Anfrage anzusehen und abzulehnen.
policy-silentOnThisComputer = Hier Ausgelöstes von selbst genehmigen
policy-silentOnThisComputer-hint = Wenn eine Seite auf diesem Computer belegt, dass sie eine Anfrage von { $requester } ausgelöst hat.
policy-silent-warning-title = Dann wird niemand gefragt
policy-silent-warning = Wer diesen Computer benutzt, jedes Programm darauf und jede darauf geöffnete Website kann Anfragen von { $requester } genehmigen lassen. Nie eine mit einer Zahl und nie eine neue oder ungewöhnliche. Der Verlauf kennzeichnet sie.

## Settings

settings-intro = Änderungen werden sofort gespeichert.
settings-back = Zurück zu den Einstellungen
settings-look = Sprache und Aussehen
settings-language = Sprache
settings-language-system = Wie das System
settings-theme = Farbschema
settings-theme-system = Wie das System
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-background = Benachrichtigungen und Hintergrund
settings-notifications = Benachrichtigungen
settings-notifications-hint = Mitteilen, wenn eine Website Ihre Genehmigung braucht.
trial = Probe-Benachrichtigung
trial-hint = Zeigt, ob Ihr System sie durchlässt.
trial-show = Eine zeigen
trial-question = Haben Sie sie gesehen?
trial-yes = Ja
trial-no = Nein
trial-seen = Gut: So werden Anfragen Sie erreichen.
trial-unseen = Dann hält Ihr System sie zurück. Sehen Sie in seinen Einstellungen nach, ob Benachrichtigungen von Countersign aus sind oder ob gerade nicht gestört werden soll. Anfragen warten in jedem Fall in diesem Fenster.
trial-refused = Dieser Desktop hat keine Benachrichtigung angenommen. Was fehlt, steht in den Einstellungen unter „Zustand der Einrichtung“. Anfragen warten in jedem Fall in diesem Fenster.
settings-mute = Eine Zeit lang Ruhe
settings-mute-hint = Keine Benachrichtigungen, von niemandem. Anfragen erscheinen weiterhin hier.
settings-closeToTray = Im Infobereich bleiben
settings-closeToTray-hint = Wenn Sie das Fenster schließen, läuft Countersign weiter, damit Anfragen Sie noch erreichen. Ohne Infobereich beendet das Schließen das Programm.
settings-autostart = Mit dem System starten
settings-autostart-hint = Im Infobereich, ohne Fenster.
settings-autostart-unknown = Dieses System hat nicht mitgeteilt, ob es Countersign startet.
settings-lock = Sperre und Privatsphäre
settings-lock-now = Jetzt sperren
settings-lock-now-hint = Verbirgt alles außer der Zahl der wartenden Anfragen.
settings-lock-impossible = Legen Sie zuerst eine PIN fest: Dieser Computer kann sonst nicht feststellen, dass Sie es sind.
settings-lock-after = Sperren, wenn niemand es benutzt
settings-lock-never = Nie
settings-lock-minutes =
    { $minutes ->
        [one] Nach 1 Minute
       *[other] Nach { $minutes } Minuten
    }
settings-lockWithSystem = Mit dem System sperren
settings-lockWithSystem-hint = Wenn der Bildschirm gesperrt wird, und bevor der Computer in den Ruhezustand geht.
settings-pin-system = Das System dieses Computers fragt, wer da ist; die PIN ist also nicht nötig. Sie wird verlangt, falls das System einmal nicht fragen kann.
settings-pin-set = Wird verlangt, wo das System nicht fragen kann, wer da ist.
settings-pin-none = Für Computer, deren System nicht fragen kann, wer da ist. Ohne sie lässt sich hier nichts sperren oder bestätigen.
settings-hideFromCapture = Vor Bildschirmfotos verbergen
settings-hideFromCapture-hint = Lässt dieses Fenster unter Windows und macOS aus Bildschirmfotos und geteilten Bildschirmen weg. Linux-Desktops bieten Programmen das nicht an; dort bewirkt es nichts.
settings-history = Verlauf aufbewahren
settings-history-hint = Älteres wird von diesem Computer gelöscht, samt Ihren signierten Antworten.
settings-history-ever = Für immer
settings-history-days =
    { $days ->
        [one] 1 Tag lang
       *[other] { $days } Tage lang
    }
settings-help = Hilfe und Info
mute-off = Nicht stumm
mute-for =
    { $hours ->
        [one] 1 Stunde lang stumm
       *[other] { $hours } Stunden lang stumm
    }
mute-until = Stumm bis { $time }.
mute-reported-until = Stumm bis { $time }, weil Sie gesagt haben, dass eine Anfrage nicht von Ihnen war.
about-version = Countersign { $version }
about-licences = Freie Software, nach Ihrer Wahl unter MIT oder Apache 2.0. Mit der Schrift Inter (SIL Open Font License) und Symbolen von Lucide (ISC).

## The PIN

pin = PIN
pin-set = PIN festlegen
pin-change = Ändern
pin-remove = Entfernen
pin-ask-title = Geben Sie Ihre PIN ein
pin-confirm = Bestätigen
pin-checking = Wird geprüft …
pin-set-title = PIN festlegen
pin-set-line = Countersign verlangt sie, wo das System dieses Computers nicht fragen kann, wer da ist. Sie lässt sich nicht wiederherstellen.
pin-set-confirm = PIN festlegen
pin-change-title = PIN ändern
pin-change-line = Die neue ersetzt die alte sofort.
pin-change-confirm = PIN ändern
pin-remove-title = PIN entfernen?
pin-remove-line = Danach lässt sich auf diesem Computer nichts mehr sperren oder bestätigen, außer sein System fragt, wer da ist.
pin-remove-confirm = PIN entfernen
pin-old = Bisherige PIN
pin-new = Neue PIN
pin-new-hint = 6 bis 128 Zeichen; auch Buchstaben und Sonderzeichen zählen.
pin-again = Neue PIN wiederholen
pin-differs = Diese beiden sind noch nicht gleich.

## Locked

lock-title = Countersign ist gesperrt
lock-count =
    { $count ->
        [0] Keine Anfrage wartet
        [one] 1 Anfrage wartet
       *[other] { $count } Anfragen warten
    }
lock-line = Wer was möchte, wird nach dem Entsperren gezeigt.
unlock = Entsperren
lock-waiting = Warten auf das System …

## Setup health

health-title = Zustand der Einrichtung
health-intro = Was Countersign von diesem Computer braucht, und wie es darum steht.
health-hint = Was auf diesem Computer nicht stimmt, und wie es sich beheben lässt.
health-open = Prüfen
health-again = Erneut prüfen
health-looking = Wird geprüft …
health-worst-ok = Alles ist in Ordnung.
health-worst-warn = Countersign funktioniert, aber nicht so gut, wie es hier könnte.
health-worst-bad = Etwas muss behoben werden, bevor Anfragen beantwortet werden können.
health-state-ok = In Ordnung:
health-state-warn = Könnte besser sein:
health-state-bad = Zu beheben:
health-keychain-works = Der Schlüsselbund ist erreichbar
health-keychain-locked = Der Schlüsselbund ist gesperrt
health-keychain-locked-advice = Entsperren Sie ihn in Ihrer Passwort- oder Schlüsselbund-App, oder melden Sie sich am Computer ab und wieder an.
health-keychain-missing = Es gibt keinen Schlüsselbund
health-keychain-missing-advice = Installieren Sie einen Schlüsselbund-Dienst wie GNOME Keyring oder KWallet, und melden Sie sich neu am Desktop an.
health-keyLocation-works = Ort neuer Schlüssel: { $place }
health-notifications-works = Benachrichtigungen können gezeigt werden, mit Schaltflächen
health-notifications-limited = Benachrichtigungen können gezeigt werden, aber ohne Schaltflächen
health-notifications-limited-advice = Der Benachrichtigungsdienst des Desktops zeichnet keine. Anfragen werden im Fenster und im Infobereich beantwortet.
health-notifications-missing = Benachrichtigungen können nicht gezeigt werden
health-notifications-missing-advice = Starten Sie auf diesem Desktop einen Benachrichtigungsdienst, oder lassen Sie das Fenster offen, wo Sie es sehen.
health-notifications-unknown = Ob Benachrichtigungen gezeigt werden können, ist nicht bekannt
health-notifications-unknown-advice = Wenn keine erscheint, suchen Sie Countersign in den Benachrichtigungs-Einstellungen des Systems.
health-tray-works = Es gibt einen Infobereich
health-tray-limited = Es gibt einen Infobereich, aber nicht die Bibliothek, die darin zeichnet
health-tray-limited-advice = Installieren Sie das Paket libayatana-appindicator3-1, und starten Sie Countersign neu.
health-tray-missing = Dieser Desktop hat keinen Infobereich
health-tray-missing-advice = Wenn Sie das Fenster schließen, wird Countersign beendet, und Anfragen sind erst wieder zu sehen, wenn es offen ist. GNOME bekommt einen Infobereich durch die Erweiterung AppIndicator.
health-tray-unknown = Ob es einen Infobereich gibt, ist nicht bekannt
health-links-works = Registrierungslinks öffnen Countersign
health-links-missing = Registrierungslinks öffnen nichts
health-links-missing-advice = Starten Sie Countersign noch einmal, oder kopieren Sie Links und fügen Sie sie unter „Konto hinzufügen“ ein.
health-links-elsewhere = Registrierungslinks öffnen ein anderes Programm: { $detail }
health-links-elsewhere-advice = Wenn Sie das nicht möchten, wählen Sie in den Systemeinstellungen Countersign für countersign-Links.
health-links-unknown = Welches Programm Registrierungslinks öffnet, ist nicht bekannt
health-links-unknown-advice = Kopieren Sie Links, und fügen Sie sie unter „Konto hinzufügen“ ein.
health-clock-works = Die Uhr geht richtig
health-clock-off = Die Uhr weicht um { $detail } ab
health-clock-off-advice = Lassen Sie Datum und Uhrzeit in den Systemeinstellungen automatisch einstellen; sonst werden Antworten möglicherweise abgewiesen.
health-clock-unknown = Ob die Uhr richtig geht, zeigt sich, sobald ein Server geantwortet hat
health-presence-works = Es kann bestätigt werden, dass Sie es sind
health-presence-missing = Es kann nicht bestätigt werden, dass Sie es sind
health-presence-missing-advice = Legen Sie unter „Einstellungen“ eine PIN fest, damit Countersign gesperrt werden kann und Konten danach fragen können.
health-presence-unknown = Ob bestätigt werden kann, dass Sie es sind, ist bekannt, sobald das System dieses Computers es einmal getan hat
health-presence-unknown-advice = Wählen Sie „Jetzt sperren“ unter „Einstellungen“: Dann fragt das System zum ersten Mal.
health-autostart-works = Countersign startet mit dem System
health-autostart-notChosen = Countersign startet nicht mit dem System
health-autostart-notChosen-advice = Das ist in Ordnung so. Unter „Einstellungen“ lässt es sich einschalten.
health-autostart-unknown = Ob Countersign mit dem System startet, ist nicht bekannt
health-autostart-unknown-advice = Sehen Sie in der Liste der Autostart-Programme des Systems nach.
health-capture-works = Das Fenster kann aus Bildschirmfotos weggelassen werden
health-capture-missing = Das Fenster kann nicht aus Bildschirmfotos weggelassen werden
health-capture-missing-advice = Linux-Desktops bieten Programmen das nicht an. Sperren Sie Countersign, bevor Sie den Bildschirm teilen.

## History

history-title = Verlauf
history-intro = Was Sie gefragt wurden und wie es ausging.
history-empty-title = Noch nichts
history-empty-hint = Beantwortete und abgelaufene Anfragen werden hier aufbewahrt.
history-approved-here = Auf diesem Computer genehmigt
history-approved-elsewhere = Auf einem anderen Gerät genehmigt
history-denied-here = Auf diesem Computer abgelehnt
history-denied-elsewhere = Auf einem anderen Gerät abgelehnt
history-expired = Abgelaufen
history-wrong-numbers =
    { $count ->
        [one] Nach einer falschen Zahl abgelehnt
       *[other] Nach { $count } falschen Zahlen abgelehnt
    }
history-number-server = Zahl vom Server geprüft
history-number-app = Zahl von dieser App geprüft
history-silent = ohne Frage genehmigt, weil es auf diesem Computer ausgelöst wurde
history-started-here = auf diesem Computer ausgelöst
history-verified = Bestätigt, dass Sie es waren
history-verified-system = Durch das System dieses Computers
history-verified-pin = Mit der PIN
history-verified-nobody = Niemand wurde gefragt
history-search = Verlauf durchsuchen
history-account = Konto
history-account-all = Alle Konten
history-found =
    { $count ->
        [one] 1 Eintrag
       *[other] { $count } Einträge
    }
history-none-found = Nichts im Verlauf passt dazu.
history-missing = Diese Anfrage steht nicht im Verlauf dieses Computers.
history-outcome = Ausgang
history-when = Zeitpunkt
history-when-value = Gestellt: { $asked }, beendet: { $ended }
history-proof = Ihre Signatur
history-proof-kept = Auf diesem Computer aufbewahrt, als Beleg für Ihre Antwort
history-proof-none = Nicht auf diesem Computer aufbewahrt

## First run

welcome-title = Anmeldungen von diesem Computer aus genehmigen
welcome-line = Eine Website fragt; Sie sehen, wer was möchte, und genehmigen oder lehnen ab. Ihre Antwort wird mit einem Schlüssel signiert, der diesen Computer nie verlässt.
welcome-step-link = Suchen Sie den QR-Code oder den Registrierungslink, den die Website Ihnen zeigt.
welcome-step-confirm = Ziehen oder fügen Sie ihn hier ein, und prüfen Sie, wer fragt.
welcome-step-answer = Von da an erscheinen Anfragen in diesem Fenster.
start-step = Schritt { $step } von { $steps }
start-begin = Los geht’s
start-next = Weiter
start-later = Später
start-notifications-title = Erfahren, wenn jemand fragt
start-notifications-line = Eine Benachrichtigung sagt, wer was möchte; solange Countersign gesperrt ist, nur, dass eine Anfrage wartet. Ohne Benachrichtigungen warten Anfragen hier, bis Sie nachsehen.
start-lock-title = Zeigen, dass Sie es sind
start-lock-line = Countersign kann verbergen, was es zeigt, und vor dem Genehmigen prüfen, dass Sie es sind. Sie wählen das je Konto unter „Faktoren“.
start-lock-system = Das System dieses Computers fragt: nach Ihrem Passwort, Ihrem Finger oder Ihrem Gesicht, wie Sie es dort eingerichtet haben.
start-autostart-title = Mit dem System starten?
start-autostart-line = Countersign wartet dann im Infobereich, damit Anfragen Sie erreichen, ohne dass Sie es zuerst öffnen.
start-add-title = Das erste Konto hinzufügen
start-add-line = Die Website, für die Sie genehmigen möchten, zeigt einen Link oder einen Code. Mehr braucht es nicht.
start-again = Einführung
start-again-hint = Die ersten Schritte noch einmal.
start-again-open = Zeigen
practice = Übungsanfrage
practice-hint = Beantworten Sie eine erfundene. Es wird nichts signiert oder gesendet.
practice-open = Erst üben
practice-show = Üben
practice-title = Nur eine Übung
practice-line = Niemand hat gefragt. Es wird nichts signiert, gesendet oder aufbewahrt. Was im Eingang steht, ist immer echt, wie es sich auch nennt.
practice-requester = Musterladen
practice-message = In Ihrem Kundenkonto anmelden?
practice-place = Ort
practice-place-value = Eine Stadt, die Sie kennen oder nicht
practice-device = Gerät
practice-device-value = Der Browser auf diesem Computer
practice-step-who = Sehen Sie nach, wer fragt, und auf die Adresse unter dem Namen.
practice-step-what = Lesen Sie, was sie möchten, in ihren eigenen Worten.
practice-step-answer = Genehmigen Sie nur, was Sie selbst ausgelöst haben. Hier dürfen Sie wählen, wie Sie möchten.
practice-approved = Genehmigt, zur Übung
practice-approved-line = Bei einer echten Anfrage wäre Ihre Antwort jetzt mit dem Schlüssel dieses Computers signiert und gesendet. Zurücknehmen ließe sie sich nicht.
practice-denied = Abgelehnt, zur Übung
practice-denied-line = Bei einer echten Anfrage wäre nichts genehmigt, und Sie würden gefragt, ob Sie sie ausgelöst haben.
practice-reported = Abgelehnt und gemeldet, zur Übung
practice-reported-line = Bei einer echten Anfrage erführe die Website, dass Sie das nicht waren, und ihre Benachrichtigungen wären 20 Minuten lang stumm.
practice-expired = Abgelaufen, zur Übung
practice-expired-line = Niemand hat rechtzeitig geantwortet. Bei einer echten Anfrage wäre nichts genehmigt.
practice-again = Noch einmal
practice-end = Übung beenden

## Keychain trouble and other full pages

keychain-locked-title = Ihr Schlüsselbund ist gesperrt
keychain-locked-line = Countersign bewahrt seine Signierschlüssel dort auf und kann keine Anfragen beantworten, solange er gesperrt ist. Es wurde nichts genehmigt, und nichts ist verloren.
keychain-locked-step-one = Wählen Sie „Schlüsselbund entsperren“: Ihr System fragt dann vielleicht nach dem Passwort.
keychain-locked-step-two = Wenn nichts fragt, entsperren Sie ihn in Ihrer Passwort- oder Schlüsselbund-App, oder melden Sie sich am Computer ab und wieder an.
keychain-missing-title = Kein Schlüsselbund gefunden
keychain-missing-line = Countersign bewahrt seine Signierschlüssel im Schlüsselbund des Systems auf und nie in einer offenen Datei; ohne ihn geht es nicht weiter. Es wurde nichts genehmigt, und nichts ist verloren.
keychain-missing-step-one = Installieren Sie einen Schlüsselbund-Dienst wie GNOME Keyring oder KWallet, und melden Sie sich neu am Desktop an.
keychain-missing-step-two = Wenn dieser Computer keinen haben kann, verwenden Sie stattdessen eine Passphrase: Die Schlüssel liegen dann in einer Datei, die nur Ihre Passphrase öffnet.
keychain-unlock = Schlüsselbund entsperren
vault-instead = Stattdessen eine Passphrase
vault-title = Stattdessen eine Passphrase verwenden?
vault-line = Neue Schlüssel liegen dann in einer Datei auf diesem Computer, die nur Ihre Passphrase öffnet. Countersign fragt bei jedem Start danach und speichert sie nie.
vault-keys-stay = Schlüssel im Schlüsselbund des Systems bleiben dort unverändert. Anfragen an deren Konten erreichen Sie wieder, sobald er sich öffnen lässt.
vault-confirm = Diese Passphrase verwenden
passphrase = Passphrase
passphrase-hint = Mindestens 8 Zeichen, am besten mehrere Wörter. Sie lässt sich nicht wiederherstellen.
passphrase-again = Passphrase wiederholen
passphrase-title = Geben Sie Ihre Passphrase ein
passphrase-line = Die Signierschlüssel dieses Computers liegen in einer Datei, die nur Ihre Passphrase öffnet. Bis dahin kommen keine Anfragen an. Es wurde nichts genehmigt, und nichts ist verloren.
passphrase-open = Öffnen
system-keychain = Wieder den Schlüsselbund des Systems verwenden
system-keychain-title = Wieder den Schlüsselbund des Systems verwenden?
system-keychain-line = Konten, deren Schlüssel im Schlüsselbund des Systems liegt, funktionieren sofort wieder, und neue Schlüssel entstehen dort.
system-keychain-closed = Konten, deren Schlüssel in der Datei liegt, die Ihre Passphrase öffnet, bleiben geschlossen, bis Sie sie eingeben. Die Datei bleibt, wie sie ist.
system-keychain-confirm = Schlüsselbund verwenden
trouble-title = Countersign konnte nicht richtig starten
trouble-state = Zustand: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Eingang öffnen
       *[other] Eingang öffnen ({ $count })
    }
tray-more =
    { $count ->
        [one] Noch eine Anfrage
       *[other] { $count } weitere Anfragen
    }
no-tray = Dieser Desktop hat keinen Infobereich
no-tray-what = Wenn Sie das Fenster schließen, wird Countersign beendet. Anfragen werden dann nicht mehr gemeldet.
tray-check-now = Jetzt prüfen
tray-mute = Benachrichtigungen stummschalten
tray-mute-minutes = Für 20 Minuten
tray-mute-hour = Für 1 Stunde
tray-mute-tomorrow = Bis morgen
tray-unmute = Stummschaltung aufheben
tray-lock = Sperren
tray-quit = Beenden
notify-asks = { $requester } bittet um Ihre Genehmigung
notify-question = { $requester } fragt: { $question }
notify-locked = Eine Anfrage wartet auf Ihre Antwort
notify-locked-body = Entsperren Sie Countersign, um sie zu sehen.
notify-burst = { $requester } fragt immer wieder
notify-burst-locked = Es kommen immer mehr Anfragen
notify-burst-body = Weitere erscheinen nur noch in Countersign, ohne Benachrichtigung. Wenn Sie das nicht sind, melden Sie es dort.
notify-approved = Genehmigt · { $requester }
notify-denied = Abgelehnt · { $requester }
notify-denied-body = Wenn Sie das nicht selbst ausgelöst haben, melden Sie es in Countersign.
notify-failed = { $requester }: Ihre Antwort ist nicht bestätigt
notify-failed-locked = Ihre Antwort ist nicht bestätigt
notify-trial = Das ist nur ein Test
notify-trial-body = Niemand möchte etwas. So erreichen Sie Anfragen.
notify-see = Öffnen Sie Countersign, um zu sehen, worum es geht.
notify-open = Öffnen
notify-review = Ansehen
