# Every English text of the window. Keys are grouped by screen.

## Names and places

app-name = Countersign
place-inbox = Inbox
place-inbox-count =
    { $count ->
        [one] Inbox, 1 request to answer
       *[other] Inbox, { $count } requests to answer
    }
place-factors = Factors
place-settings = Settings
place-history = History
nav-label = Places
add-account = Add account
cancel = Cancel
dismiss = Dismiss
check-now = Check now
checking = Checking…
try-again = Try again
loading = Opening Countersign…
back = Back
kept = Saved

## Connection, in the header

status-online = Checked { $time }
status-never = Not checked yet
status-offline = Offline
status-paused = Not checking by itself

## Time

time-left = { $time } left
time-left-hurry =
    { $seconds ->
        [one] Only 1 second left
       *[other] Only { $seconds } seconds left
    }
day-today = Today
day-yesterday = Yesterday
duration-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
duration-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
duration-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
duration-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }

## Said to screen readers

announce-arrival = New request from { $requester }. { $time } left.
announce-left = Request from { $requester }: { $time } left.
announce-expired = The request from { $requester } expired. Nothing was approved.

## Inbox

inbox-list = Requests
inbox-empty-title = No requests
inbox-empty-checked = Last checked { $time }
inbox-empty-never = Not checked yet
inbox-empty-hint = When a site asks for your approval, it appears here.
inbox-accounts = Listening for
inbox-back = Back to inbox

burst-count = { $count } alike within moments
burst-unfold = Show each
burst-fold = Show one
burst-unfold-of = Show each of the { $count } requests from { $requester }
burst-fold-of = Show one for all { $count } requests from { $requester }
burst-title = { $count } requests with the same words came within moments
burst-advice = Somebody may hope that you approve one just to be left in peace. If you did not start them, choose It wasn’t me.

## Banners

banner-offline = Offline since { $time }
banner-offline-age = What you see is { $age } old. Nothing can be approved or denied until the connection is back.
banner-offline-unknown = Nothing can be approved or denied until the connection is back.
banner-keychain = The system’s keychain cannot be reached
banner-keychain-line = Requests to accounts whose key is in it do not arrive until it can be opened again. Nothing of it is lost.
banner-vault = Some accounts are closed
banner-vault-line = Their keys are in the file that your passphrase opens. Requests to them reach you again once you have typed it.
banner-vault-gone = The file with their keys is not there. Put it back in its place, or remove the accounts and add them again from their sites.
banner-clock =
    { $direction ->
        [slow] This computer’s clock is { $difference } behind that of { $host }
       *[fast] This computer’s clock is { $difference } ahead of that of { $host }
    }
banner-clock-advice = The time left follows the server’s clock, so you can go on. If this computer’s clock is wrong, set it in the system settings, or answers may be refused.
banner-paused = Another Countersign is already checking for requests
banner-paused-advice = This window shows what that one finds. Check now still works.
mute-bar = Notifications are muted until { $time }
mute-bar-factor = Notifications from { $requester } are muted until { $time }
mute-bar-reported = Notifications from { $requester } are muted until { $time }, because you said that a request was not yours
mute-bar-line = Requests still appear here.
unmute = Unmute

## A request

request-asks = asks for your approval
request-from-label = Request from { $requester }
request-quote = { $requester } wrote
request-no-message = { $requester } sent no message with this request.
request-account = Account
request-identity = Identity
request-asked = Asked
request-asked-value = { $asked }, expires { $expires }
request-date = Date
request-details = Details from { $requester }
request-twins =
    { $count ->
        [one] Asked once more for the same action; one answer covers both.
       *[other] Asked { $count } more times for the same action; one answer covers all.
    }
request-unsigned-title = Your signature does not cover these details
request-unsigned = { $host } left them out of what is signed. It could later claim that you approved something else. Approve only if you trust it with that.
request-field-unsigned = Not covered by your signature
request-hidden-characters = Contains invisible characters, shown as �
request-changed-title = This request changed after it was shown to you
request-changed = Nothing was signed. Read it again below before you answer.
request-field-changed = Changed
request-show-all = Show all
request-show-less = Show less
request-show-all-of = Show all of { $label }
request-show-less-of = Show less of { $label }
request-here-title = A page on this computer pointed to this request
request-here = Any website that is open here can do that. It does not show that you started it.
unusual-recentlyDenied = You denied a request from { $requester } a short while ago
unusual-recentlyDenied-advice = If somebody else made that one, this may be theirs too. Approve only what you started yourself just now.
unusual-burst = Several requests from { $requester } came in a few minutes
unusual-burst-advice = Somebody may hope that you approve one just to be left in peace. Approve only what you started yourself just now.
unusual-firstApproval = You have not approved anything from { $requester } here before
unusual-firstApproval-advice = Look at the address above, and approve only what you started yourself just now.
unusual-newMessage = { $requester } never asked you this before
unusual-newMessage-advice = Read it with care, and approve only what you started yourself just now.
unusual-newDetails = { $requester } asked you this before, but with other details
unusual-newDetails-advice = Compare the details below with what you started yourself just now.
unusual-sure = I have read this, and I started it myself
request-technical = Technical details
request-signed-fields = Signature covers
request-signed-none = no details
request-challenge = Challenge
request-factor = Factor
request-service = Service
request-api-account = API account
request-digest = Digest of what is shown

## Answering

approve = Approve
deny = Deny
decision-label = Your answer
decision-approving = Signing and sending your approval…
decision-confirming = Waiting for confirmation that it is you…
decision-denying = Signing and sending your denial…
decision-reporting = Denying and reporting…
not-me = It wasn’t me
number-label = Type the number shown where you are signing in
number-digits =
    { $count ->
        [one] 1 digit
       *[other] { $count } digits
    }
number-digits-unknown = 2 to 8 digits
number-checked-server = checked by the server
number-checked-app = checked by this app
number-tries =
    { $count ->
        [one] one try left
       *[other] { $count } tries left
    }
number-none = You see no number? Then deny.
number-typed =
    { $count ->
        [one] 1 digit typed
       *[other] { $count } digits typed
    }
report-again = Try to report again
report-question = Did you start this yourself?
report-mine = I did, cancel it
report-note = Anything { $requester } should know? (optional)
report-note-over =
    { $count ->
        [one] 1 character too many
       *[other] { $count } characters too many
    }
report-note-left =
    { $count ->
        [one] 1 character left
       *[other] { $count } characters left
    }
decision-blocked-offline = { $host } cannot be reached, so no answer can be sent. Answers are never kept for later.
decision-blocked-opening = One moment: fetching the latest from { $host }.
decision-blocked-unread = The latest version could not be fetched, so it cannot be answered yet.
decision-blocked-revoked = { $host } no longer accepts this computer’s key.
decision-blocked-key = The key for this account is gone, so nothing can be signed with it.
open-factors = Open Factors

## How a request ended

ended-approved = Approved
ended-approved-line = Approved · { $time } · signed with this computer’s key
ended-approved-detail = { $requester } has your signed answer.
ended-denied = Denied
ended-denied-line = Denied.
ended-denied-detail = { $requester } was told at { $time }. Nothing was approved.
ended-wrongNumbers = Denied
ended-wrongNumbers-line = Denied after three wrong numbers.
ended-wrongNumbers-detail = Nothing was approved. If you still want this, ask { $requester } to send it again.
ended-reported-server = Reported
ended-reported-server-line = Denied, and reported to { $requester }.
ended-reported-server-detail = { $requester } was told at { $time } that it was not you. Its notifications are muted for 20 minutes; requests still appear here. Somebody may know your password: change it there.
ended-reported-address = Denied
ended-reported-address-line = Denied. Nobody was told why yet.
ended-reported-address-detail = { $requester } takes no reports from here, but names this address for them. Open it in your browser, and change your password at { $requester }.
ended-reported-nobody = Denied
ended-reported-nobody-line = Denied. Nobody was told why.
ended-reported-nobody-detail = { $requester } takes no reports from here. Tell them yourself, and change your password there: somebody may know it.
ended-reported-failed = Denied
ended-reported-failed-line = Denied, but the report did not get through.
ended-reported-failed-detail = Nothing was approved. { $requester } does not know yet that it was not you.
ended-expired = Expired
ended-expired-line = Expired at { $time }. Nothing was approved.
ended-expired-detail = If you still want this, ask { $requester } to send it again.
ended-unconfirmed = Not confirmed
ended-unconfirmed-line = Expired at { $time }. Whether your answer arrived is not known.
ended-unconfirmed-detail = It was sent, and the server has not confirmed it. See the history when the server can be reached, or ask { $requester }.
ended-elsewhere-approved = Answered elsewhere
ended-elsewhere-approved-line = Approved on another device.
ended-elsewhere-approved-detail = It was not answered from this computer. If it was not you, tell { $requester } now.
ended-elsewhere-denied = Answered elsewhere
ended-elsewhere-denied-line = Denied on another device.
ended-elsewhere-denied-detail = It was not answered from this computer. Nothing was approved.
ended-elsewhere-unknown = Answered elsewhere
ended-elsewhere-unknown-line = Already answered on another device.
ended-elsewhere-unknown-detail = Nothing was sent from this computer. See the history for the answer.
ended-withdrawn = Withdrawn
ended-withdrawn-line = { $requester } took this request back.
ended-withdrawn-detail = Nothing was approved.

## Errors: what happened, whether anything was approved, what to do

error-code = Code: { $code }
error-during-link = Nothing was added and nothing was sent.
error-during-enrol = The account was not added.
error-during-remove = The account was not removed.
error-during-change = Nothing was changed.
error-linkInvalid = This is not an enrolment link
error-linkInvalid-advice = Copy the whole link from the site, from countersign:// to its end, and paste it again.
error-linkOneTimeCode = This is a code for one-time passwords
error-linkOneTimeCode-advice = Countersign does not use those. Use an app for one-time codes, or ask the site for a push approval.
error-linkOtherKind = This link is for another kind of device
error-linkOtherKind-advice = Ask the site for an enrolment that approves by push.
error-linkTooNew = This link is newer than this Countersign
error-linkTooNew-advice = Update Countersign, then open the link again.
error-linkInsecure = The address in this link is not secure
error-linkInsecure-advice = Do not use it. Ask the site for a link whose server begins with https.
error-codeMissing = No QR code was found in the picture
error-codeMissing-advice = Make the code larger or sharper, with some empty space around it, and try again. You can also copy the link below it.
error-codeOther = This QR code is not an enrolment
error-codeOther-advice = It holds something else, which was not opened. Look for the code that the site calls enrolment or setup.
error-pictureTooLarge = This picture is too large
error-pictureTooLarge-advice = Cut out the part with the code, then try again. At most 20 MB and 50 million points are read.
error-pictureUnknown = This is not a picture that Countersign reads
error-pictureUnknown-advice = Use PNG, JPEG, WebP, GIF or BMP, or select an area of the screen.
error-pictureDamaged = This picture is damaged
error-pictureDamaged-advice = Save or copy it again, or select an area of the screen.
error-clipboardEmpty = There is no picture and no link to paste
error-clipboardEmpty-advice = Copy the QR code or the link first, then paste it here.
error-screenUnavailable = This desktop does not let Countersign see the screen
error-screenUnavailable-advice = Take a screenshot of the code yourself and drop it here, or copy the link. On macOS, allow Screen Recording in the privacy settings.
error-linkUsedOrExpired = This link was already used or has expired
error-linkUsedOrExpired-advice = Get a new link from the site. If you did not use the old one yourself, tell the site that somebody else did.
error-notFound = This request no longer exists
error-notFound-what = Nothing was approved.
error-notFound-advice = If you still want this, ask the site to send it again.
error-notFound-remove = This account is no longer on this computer
error-notFound-remove-what = There was nothing to remove.
error-notFound-remove-advice = Nothing more needs to be done.
error-expired = This request expired
error-expired-what = Nothing was approved.
error-expired-advice = If you still want this, ask the site to send it again.
error-alreadyAnswered = This request was already answered
error-alreadyAnswered-what = Nothing was sent from this computer.
error-alreadyAnswered-advice = See the history for the answer.
error-changedSinceShown = This request changed after it was shown to you
error-changedSinceShown-what = Nothing was signed.
error-changedSinceShown-advice = Read it again before you answer.
error-numberNeeded = This request is approved with a number
error-numberNeeded-what = Nothing was approved.
error-numberNeeded-advice = Type the number shown where you started it.
error-wrongNumber = That is not the number
error-wrongNumber-what =
    { $count ->
        [one] Nothing was approved. One try is left; after that the request is denied.
       *[other] Nothing was approved. { $count } tries are left.
    }
error-wrongNumber-advice = Look at it again where you started the request.
error-wrongNumberDenied = That was not the number, three times
error-wrongNumberDenied-what = The request is denied. Nothing was approved.
error-wrongNumberDenied-advice = If you still want this, ask the site to send it again.
error-numberLocked = Too many wrong numbers
error-numberLocked-what = Nothing was approved. The server takes no more numbers from this computer for now.
error-numberLocked-advice = Try again tomorrow, or sign in another way. You can still deny.
error-presenceRefused = It was not confirmed that it is you
error-presenceRefused-what = Nothing was approved and nothing was changed.
error-presenceRefused-advice = Try again, and answer when the system asks.
error-presenceUnavailable = This computer cannot confirm that it is you
error-presenceUnavailable-what = Nothing was approved and nothing was changed.
error-presenceUnavailable-advice = Set a PIN in Settings. If an account asks for confirmation already, remove it under Factors and add it again from the site.
error-presenceUnavailable-unlock-advice = Switch on again what used to ask for you: Windows Hello, Touch ID, or on Linux a polkit agent. If that is gone for good, type “countersign pin set” in a terminal and unlock with that PIN; if an account has to be removed for that, you are told there.
error-pinNeeded = This needs your PIN
error-pinNeeded-what = Nothing was approved and nothing was changed.
error-pinNeeded-advice = Type your Countersign PIN.
error-pinWrong =
    { $seconds ->
        [0] That is not the PIN
       *[other] No PIN is taken just now
    }
error-pinWrong-what =
    { $seconds ->
        [0] Nothing was approved and nothing was changed. { $count ->
            [one] One try is left.
           *[other] { $count } tries are left.
        }
        [one] Nothing was approved and nothing was changed. After too many wrong ones, none is looked at for another second, not even the right one.
       *[other] Nothing was approved and nothing was changed. After too many wrong ones, none is looked at for { $seconds } seconds, not even the right one.
    }
error-pinWrong-advice = If you have forgotten it, remove your accounts, in a terminal with countersign remove, and add them again from their sites.
error-pinLength = A PIN has 6 to 128 characters
error-pinLength-what = Nothing was approved and nothing was changed.
error-pinLength-advice = Choose another one.
error-pinStillNeeded = The PIN is still needed
error-pinStillNeeded-what = Nothing was approved, and the PIN was not removed.
error-pinStillNeeded-advice = An account asks for confirmation, and this computer has nothing else for it. Turn that off first.
error-offline = The server cannot be reached
error-offline-what = Nothing was sent.
error-offline-approve-what = Your approval is not confirmed and is not kept for later.
error-offline-deny-what = Your denial is not confirmed.
error-offline-report-what = Your denial is not confirmed, and nothing was reported.
error-offline-advice = Check the connection, then try again.
error-unconfirmed = It is not known whether your answer arrived
error-unconfirmed-what = It was sent, and the server has not confirmed it.
error-unconfirmed-report-what = Your denial was sent, and the server has not confirmed it. Nothing was reported.
error-unconfirmed-advice = See in a moment, here or in the history, what became of it. What still waits can be answered again.
error-clock = The server refused this computer’s clock
error-clock-what = Nothing was approved.
error-clock-advice = Set this computer’s date and time to automatic in the system settings, then try again.
error-keychainMissing = This computer has no keychain to keep keys in
error-keychainMissing-what = Nothing was approved and no key was made.
error-keychainMissing-advice = Install and start a keyring, such as GNOME Keyring or KWallet, then try again.
error-keychainLocked = The keychain is locked
error-keychainLocked-what = Nothing was approved.
error-keychainLocked-advice = Unlock it, then try again.
error-keychainRefused = The keychain refused to use the key
error-keychainRefused-what = Nothing was approved.
error-keychainRefused-advice = Allow Countersign when the system asks, then try again.
error-keyLost = The key for this account is gone from this computer
error-keyLost-what = Nothing was approved, and this key cannot be brought back.
error-keyLost-advice = Remove the account under Factors, then add it again from the site.
error-refused = The server refused this
error-refused-what = Nothing was approved.
error-refused-advice = Try again. If it goes on, tell the site and name the code below.
error-factorRevoked = The site no longer accepts this computer’s key
error-factorRevoked-what = Nothing was approved.
error-factorRevoked-advice = Remove the account under Factors. If you still need it, add it again from the site.
error-locked = Countersign is locked
error-locked-what = Nothing was approved.
error-locked-advice = Unlock it, then try again.
error-lockUnavailable = This computer cannot find out who is using it
error-lockUnavailable-what = Nothing was locked or unlocked, and nothing was approved.
error-lockUnavailable-advice = Set up a PIN in the settings, then try again.
error-choiceInvalid = This value cannot be used
error-choiceInvalid-what = Nothing was changed, and nothing was approved.
error-choiceInvalid-advice = Choose another one.
error-autostartRefused = The system did not take this
error-autostartRefused-what = Countersign starts as it did before. Nothing was approved.
error-autostartRefused-advice = Add or remove Countersign in the system’s own list of programs that start by themselves.
error-storage = Countersign cannot read or write its own data
error-storage-what = Nothing was approved.
error-storage-advice = Check that the disk is not full and that the files belong to you, then try again.
error-storageTooNew = This data was written by a newer Countersign
error-storageTooNew-what = Nothing was approved and nothing was changed.
error-storageTooNew-advice = Update Countersign; an older one cannot read it.
error-storageDamaged = Countersign’s own data is damaged
error-storageDamaged-what = Nothing was approved.
error-storageDamaged-advice = Restore the profile from a copy, or remove it and add your accounts again.
error-storageOutdated = This Countersign runs with a database that is too old
error-storageOutdated-what = Nothing was approved.
error-storageOutdated-advice = Install Countersign again from its own package.
error-keyUnclear = The key for this account cannot be told from others
error-keyUnclear-what = Nothing was approved. The keychain holds more than one entry for it, or a damaged one.
error-keyUnclear-advice = Remove the account under Factors, then add it again from the site.
error-vaultLocked = The vault’s passphrase is missing or wrong
error-vaultLocked-what = Nothing was approved.
error-vaultLocked-advice = Put the right passphrase into the file that COUNTERSIGN_VAULT_PASSPHRASE_FILE names, then try again.
error-passphraseNeeded = Countersign needs your passphrase
error-passphraseNeeded-what = Nothing was approved.
error-passphraseNeeded-advice = Type it in the window of Countersign.
error-passphraseWrong = That is not the passphrase
error-passphraseWrong-what = Nothing was approved and nothing was changed.
error-passphraseWrong-advice = Type it again, with the same capital letters and spaces. Without it the keys in its file cannot be used.
error-passphraseShort = A passphrase has at least 8 characters
error-passphraseShort-what = Nothing was approved and nothing was changed.
error-passphraseShort-advice = Choose a longer one; several words are best.
error-vaultMissing = The vault’s file is not there
error-vaultMissing-what = Nothing was approved.
error-vaultMissing-advice = Put the file back in its place, then try again. If it is lost, so are its keys: use the system’s keychain again, remove the accounts of those keys and add them again from their sites.
error-vaultUnusable = The vault’s file cannot be used
error-vaultUnusable-what = Nothing was approved.
error-vaultUnusable-advice = Check that the file belongs to you alone and can be read and written, then try again.
error-vaultDamaged = The vault’s file is damaged
error-vaultDamaged-what = Nothing was approved.
error-vaultDamaged-advice = Restore the file from a copy, or remove it and add your accounts again.
error-vaultFull = The vault is full
error-vaultFull-what = Nothing was approved and no key was made.
error-vaultFull-advice = Remove an account that you no longer need, then try again.
error-internal = Something went wrong inside Countersign
error-internal-what = Nothing was confirmed as approved.
error-internal-advice = Try again. If it goes on, restart Countersign.

## Add account

add-title = Add account
add-intro = The site you want to approve for shows a QR code or an enrolment link. Bring either of them here.
add-code = From a QR code
add-code-hint = Drop a picture anywhere on this page, or paste one. It is read on this computer and not kept.
add-screen = Select an area of the screen
add-file = Choose a picture
add-paste = Paste a picture or a link
add-camera = Use the camera
add-camera-none = This computer has no camera
add-drop-here = Drop the picture here
add-link = Enrolment link
add-link-hint = Starts with countersign:// and works once, for a few minutes.
add-continue = Continue
add-reading = Reading…
choose-title = Which account?
choose-intro = { $count } enrolment codes were found. The address tells where each one leads.
camera-title = Show the QR code to the camera
camera-intro = Hold it so that it fills about half of the picture. What the camera sees stays on this computer and is not kept.
camera-opening = Opening the camera…
camera-looking = Looking for a code…
camera-none = No camera can be used here. Select an area of the screen or choose a picture instead.
camera-refused = The system does not let Countersign use the camera. Allow it in the system’s privacy settings, or choose another way.
camera-other-way = Choose another way
confirm-title = Add this account?
confirm-host = This link belongs to
confirm-host-unicode = Looks like { $unicode }
confirm-punycode-title = This address is written with foreign letters
confirm-punycode = It may imitate another one. Compare it letter by letter with the site that you meant.
confirm-loopback = A server on this computer. Good for trying things out.
confirm-cloud = A cloud service that many sites share. It does not prove which site made this link.
confirm-issuer = Site
confirm-account = Account
confirm-identity = Identity
confirm-claimed = so says the link
confirm-later = named after you continue
confirm-created = Will create
confirm-created-value = A new signing key, only for this account
confirm-key = Key will live in
confirm-key-value = { $location }; Countersign never sends it anywhere
key-place-keyring = the keyring of this desktop
key-place-macKeychain = the macOS Keychain
key-place-credentialManager = the Windows Credential Manager
key-place-vault = a file encrypted with your passphrase
key-place-memory = memory, until the program ends
confirm-only = Only continue if you started this yourself just now and trust { $host }.
confirm-only-cloud = Only continue if you started this yourself, at a site you trust.
confirm-add = Add account
confirm-adding = Making the key and telling { $host }…
added-title = { $name } was added
added-line = Requests from { $host } will now appear in the inbox.
added-key = Its key was made on this computer and stays in { $location }.
added-inbox = Go to inbox
added-another = Add another

## Factors

factors-title = Factors
factors-intro = Each factor is a key on this computer that one site accepts as your answer.
factors-empty-title = No factors yet
factors-empty-hint = Add an account to make the first one.
factor-server = Server
factor-identity = Identity
factor-key = Key lives in
factor-added = Added
factor-contact = Last contact
factor-never = never
factor-remove = Remove
factor-remove-name = Remove { $name }
factor-online = Connected
factor-offline = Offline since { $time }
factor-skewed = Clock differs by { $difference }
factor-signed-out = Key no longer accepted
factor-signed-out-advice = The site removed this factor. Remove it here; add it again from the site if you still need it.
factor-never-checked = Not checked yet
factor-unverified = Not finished
factor-unverified-advice = Adding this account was interrupted. Countersign finishes it when the server can be reached.
remove-title = Remove { $name }?
remove-line = The key for { $account } at { $host } is deleted from this computer and cannot be brought back.
remove-advice = Make sure that you can still sign in there in another way.
remove-confirm = Remove and delete the key
removing = Removing…
removed = { $name } was removed. { $host } was told.
removed-untold = { $name } was removed from this computer. { $host } could not be told yet; Countersign tells it when it can be reached.

factor-mute = Notifications
factor-mute-hint = Requests appear here in any case.
policy-title = How requests are approved
policy-verification = Confirm that it is you
policy-verification-hint = Through this computer’s system, or with your PIN where that cannot ask. Denying never needs it.
policy-verification-never = Never
policy-verification-unusual = When new or unusual
policy-verification-always = Before each approval
policy-answerFromNotification = Approve from notifications
policy-answerFromNotification-hint = Otherwise a notification offers to review and to deny. Never while Countersign is locked, nor where a number has to be typed.
policy-answerFromTray = Approve from the tray menu
policy-answerFromTray-hint = Otherwise the menu offers to review and to deny.
policy-silentOnThisComputer = Approve by itself what was started here
policy-silentOnThisComputer-hint = When a page on this computer hands over the proof that it started a request from { $requester }.
policy-silent-warning-title = Nobody is asked then
policy-silent-warning = Whoever uses this computer, every program on it and any website open on it can have requests from { $requester } approved. Never one with a number to type, nor one that is new or unusual. The history marks them.

## Settings

settings-intro = Changes are saved at once.
settings-back = Back to settings
settings-look = Language and look
settings-language = Language
settings-language-system = As the system
settings-theme = Theme
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-background = Notifications and background
settings-notifications = Notifications
settings-notifications-hint = Say when a site asks for your approval.
trial = Test notification
trial-hint = Shows whether your system lets them through.
trial-show = Show one
trial-question = Did you see it?
trial-yes = Yes
trial-no = No
trial-seen = Good: requests will reach you like that.
trial-unseen = Then your system holds them back. Look in its settings whether notifications from Countersign are off, or whether it wants no disturbance just now. Requests wait in this window in any case.
trial-refused = This desktop took no notification. Setup health, under Settings, says what is missing. Requests wait in this window in any case.
settings-mute = Quiet for a while
settings-mute-hint = No notifications from anybody. Requests still appear here.
settings-closeToTray = Stay in the tray
settings-closeToTray-hint = Closing the window leaves Countersign running, so that requests still reach you. Without a tray, closing quits.
settings-autostart = Start with the system
settings-autostart-hint = In the tray, without a window.
settings-autostart-unknown = This system did not say whether it starts Countersign.
settings-lock = Lock and privacy
settings-lock-now = Lock now
settings-lock-now-hint = Hides everything but how many requests wait.
settings-lock-impossible = Set a PIN first: this computer has no other way to find out that it is you.
settings-lock-after = Lock when nobody uses it
settings-lock-never = Never
settings-lock-minutes =
    { $minutes ->
        [one] After 1 minute
       *[other] After { $minutes } minutes
    }
settings-lockWithSystem = Lock with the system
settings-lockWithSystem-hint = When the screen locks, and before the computer sleeps.
settings-pin-system = This computer’s system asks who is there, so the PIN is not needed. It is asked for if the system ever cannot.
settings-pin-set = Asked for where the system cannot ask who is there.
settings-pin-none = For computers whose system cannot ask who is there. Without one, nothing can be locked or confirmed here.
settings-hideFromCapture = Hide from screenshots
settings-hideFromCapture-hint = Leaves this window out of screenshots and shared screens, on Windows and macOS. Linux desktops offer programs no way to be left out, so there it does nothing.
settings-history = Keep the history
settings-history-hint = What is older is deleted from this computer, with its signed answers.
settings-history-ever = For ever
settings-history-days =
    { $days ->
        [one] For 1 day
       *[other] For { $days } days
    }
settings-help = Help and about
mute-off = Not muted
mute-for =
    { $hours ->
        [one] Mute for 1 hour
       *[other] Mute for { $hours } hours
    }
mute-until = Muted until { $time }.
mute-reported-until = Muted until { $time }, because you said that a request was not yours.
about-version = Countersign { $version }
about-licences = Free software, under MIT or Apache 2.0, as you like. With the font Inter (SIL Open Font License) and icons by Lucide (ISC).

## The PIN

pin = PIN
pin-set = Set a PIN
pin-change = Change
pin-remove = Remove
pin-ask-title = Type your PIN
pin-confirm = Confirm
pin-checking = Checking…
pin-set-title = Set a PIN
pin-set-line = Countersign asks for it where this computer’s system cannot ask who is there. It cannot be recovered.
pin-set-confirm = Set the PIN
pin-change-title = Change the PIN
pin-change-line = The new one takes the place of the old one at once.
pin-change-confirm = Change the PIN
pin-remove-title = Remove the PIN?
pin-remove-line = Afterwards nothing can be locked or confirmed on this computer, unless its system asks who is there.
pin-remove-confirm = Remove the PIN
pin-old = Current PIN
pin-new = New PIN
pin-new-hint = 6 to 128 characters; letters and signs count too.
pin-again = New PIN again
pin-differs = These two are not the same yet.

## Locked

lock-title = Countersign is locked
lock-count =
    { $count ->
        [0] No request waits
        [one] 1 request waits
       *[other] { $count } requests wait
    }
lock-line = Who asks, and for what, is shown after unlocking.
unlock = Unlock
lock-waiting = Waiting for the system…

## Setup health

health-title = Setup health
health-intro = What of this computer Countersign needs, and how it is doing.
health-hint = What is wrong on this computer, and how to mend it.
health-open = Check
health-again = Check again
health-looking = Checking…
health-worst-ok = All is well.
health-worst-warn = Countersign works, but not as well as it could here.
health-worst-bad = Something has to be mended before requests can be answered.
health-state-ok = In order:
health-state-warn = Could be better:
health-state-bad = To be mended:
health-keychain-works = The keychain can be reached
health-keychain-locked = The keychain is locked
health-keychain-locked-advice = Unlock it in your password or keychain app, or sign out of the computer and in again.
health-keychain-missing = There is no keychain
health-keychain-missing-advice = Install a keyring service, such as GNOME Keyring or KWallet, and sign in to the desktop again.
health-keyLocation-works = New keys are made in { $place }
health-notifications-works = Notifications can be shown, with buttons
health-notifications-limited = Notifications can be shown, but without buttons
health-notifications-limited-advice = The desktop’s notification service draws none. Requests are answered in the window and in the tray.
health-notifications-missing = Notifications cannot be shown
health-notifications-missing-advice = Start a notification service on this desktop, or keep the window open where you see it.
health-notifications-unknown = Whether notifications can be shown is not known
health-notifications-unknown-advice = If none appears, look for Countersign in the system’s own settings for notifications.
health-tray-works = There is a tray to stay in
health-tray-limited = There is a tray, but not the library that draws in it
health-tray-limited-advice = Install the package libayatana-appindicator3-1 and start Countersign again.
health-tray-missing = This desktop has no tray
health-tray-missing-advice = Closing the window quits Countersign, and requests are seen when it is open again. GNOME gets a tray from its extension AppIndicator.
health-tray-unknown = Whether there is a tray is not known
health-links-works = Enrolment links open Countersign
health-links-missing = Enrolment links open nothing
health-links-missing-advice = Start Countersign once more, or copy links and paste them under Add account.
health-links-elsewhere = Enrolment links open another program: { $detail }
health-links-elsewhere-advice = If that is not what you want, choose Countersign for countersign links in the system’s settings.
health-links-unknown = Which program opens enrolment links is not known
health-links-unknown-advice = Copy links and paste them under Add account.
health-clock-works = The clock is right
health-clock-off = The clock is off by { $detail }
health-clock-off-advice = Set the date and time to automatic in the system settings, or answers may be refused.
health-clock-unknown = Whether the clock is right is known once a server has answered
health-presence-works = It can be confirmed that it is you
health-presence-missing = It cannot be confirmed that it is you
health-presence-missing-advice = Set a PIN under Settings, so that Countersign can be locked and accounts can ask for it.
health-presence-unknown = Whether it can be confirmed that it is you is known once this computer’s system has done so
health-presence-unknown-advice = Choose Lock now under Settings: the system then asks for the first time.
health-autostart-works = Countersign starts with the system
health-autostart-notChosen = Countersign does not start with the system
health-autostart-notChosen-advice = Nothing is wrong with that. Under Settings it can be turned on.
health-autostart-unknown = Whether Countersign starts with the system is not known
health-autostart-unknown-advice = Look for it in the system’s own list of programs that start by themselves.
health-capture-works = The window can be left out of screenshots
health-capture-missing = The window cannot be left out of screenshots
health-capture-missing-advice = Linux desktops offer programs no way to do that. Lock Countersign before you share the screen.

## History

history-title = History
history-intro = What you were asked and how it ended.
history-empty-title = Nothing yet
history-empty-hint = Answered and expired requests are kept here.
history-approved-here = Approved on this computer
history-approved-elsewhere = Approved on another device
history-denied-here = Denied on this computer
history-denied-elsewhere = Denied on another device
history-expired = Expired
history-wrong-numbers =
    { $count ->
        [one] Denied after a wrong number
       *[other] Denied after { $count } wrong numbers
    }
history-number-server = number checked by the server
history-number-app = number checked by this app
history-silent = approved without a question, because it was started on this computer
history-started-here = started on this computer
history-verified = Confirmed that it was you
history-verified-system = By this computer’s system
history-verified-pin = With the PIN
history-verified-nobody = Nobody was asked
history-search = Search the history
history-account = Account
history-account-all = All accounts
history-found =
    { $count ->
        [one] 1 entry
       *[other] { $count } entries
    }
history-none-found = Nothing in the history matches.
history-missing = That request is not in the history of this computer.
history-outcome = Outcome
history-when = When
history-when-value = Asked { $asked }, ended { $ended }
history-proof = Your signature
history-proof-kept = Kept on this computer, as proof of what you answered
history-proof-none = Not kept on this computer

## First run

welcome-title = Approve sign-ins from this computer
welcome-line = A site asks, you see who asks for what, and you approve or deny. Your answer is signed with a key that never leaves this computer.
welcome-step-link = Find the QR code or the enrolment link that the site shows you.
welcome-step-confirm = Drop or paste it here and check who is asking.
welcome-step-answer = From then on, requests appear in this window.
start-step = Step { $step } of { $steps }
start-begin = Get started
start-next = Continue
start-later = Later
start-notifications-title = Be told when somebody asks
start-notifications-line = A notification says who asks and for what; while Countersign is locked, only that a request waits. Without notifications, requests wait here until you look.
start-lock-title = Show that it is you
start-lock-line = Countersign can hide what it shows, and can ask that it is you before it approves. You choose per account, under Factors.
start-lock-system = This computer’s system does the asking: with your password, your finger or your face, as you set it up there.
start-autostart-title = Start with the system?
start-autostart-line = Countersign then waits in the tray, so that requests reach you without opening it first.
start-add-title = Add your first account
start-add-line = The site that you want to approve for shows a link or a code. That is all there is to it.
start-again = Introduction
start-again-hint = The first steps once more.
start-again-open = Show
practice = Practice request
practice-hint = Answer one that is made up. Nothing is signed or sent.
practice-open = Practise first
practice-show = Try
practice-title = Only practice
practice-line = Nobody asked. Nothing is signed, sent or kept. What stands in the inbox is always real, whatever it calls itself.
practice-requester = Sample Shop
practice-message = Sign in to your customer account?
practice-place = Place
practice-place-value = A town that you know, or do not
practice-device = Device
practice-device-value = The browser on this computer
practice-step-who = Look who asks, and at the address below the name.
practice-step-what = Read what they want, in their own words.
practice-step-answer = Approve only what you started yourself. Here you may choose as you like.
practice-approved = Approved, for practice
practice-approved-line = With a real request, your answer would now be signed with this computer’s key and sent. It could not be taken back.
practice-denied = Denied, for practice
practice-denied-line = With a real request, nothing would be approved, and you would be asked whether you had started it.
practice-reported = Denied and reported, for practice
practice-reported-line = With a real request, the site would be told that it was not you, and its notifications would be muted for 20 minutes.
practice-expired = Expired, for practice
practice-expired-line = Nobody answered in time. With a real request, nothing would be approved.
practice-again = Once more
practice-end = End practice

## Keychain trouble and other full pages

keychain-locked-title = Your keychain is locked
keychain-locked-line = Countersign keeps its signing keys there, so it cannot answer requests until it is open. Nothing was approved and nothing is lost.
keychain-locked-step-one = Choose Unlock keychain: your system may ask for its password.
keychain-locked-step-two = If nothing asks, unlock it in your password or keychain app, or sign out of the computer and in again.
keychain-missing-title = No keychain was found
keychain-missing-line = Countersign keeps its signing keys in the system’s keychain and never in an open file, so it cannot go on without one. Nothing was approved and nothing is lost.
keychain-missing-step-one = Install a keyring service, such as GNOME Keyring or KWallet, and sign in to the desktop again.
keychain-missing-step-two = If this computer cannot have one, use a passphrase instead: keys then live in a file that only your passphrase opens.
keychain-unlock = Unlock keychain
vault-instead = Use a passphrase instead
vault-title = Use a passphrase instead?
vault-line = New keys then live in a file on this computer that only your passphrase opens. Countersign asks for it at each start and never stores it.
vault-keys-stay = Keys that are in the system’s keychain stay there untouched. Requests to their accounts reach you again once it can be opened.
vault-confirm = Use this passphrase
passphrase = Passphrase
passphrase-hint = At least 8 characters; several words are best. It cannot be recovered.
passphrase-again = Passphrase again
passphrase-title = Type your passphrase
passphrase-line = The signing keys of this computer are in a file that only your passphrase opens. Until then no requests arrive. Nothing was approved and nothing is lost.
passphrase-open = Open
system-keychain = Use the system’s keychain again
system-keychain-title = Use the system’s keychain again?
system-keychain-line = Accounts whose key is in the system’s keychain work again at once, and new keys are made there.
system-keychain-closed = Accounts whose key is in the file that your passphrase opens stay closed until you type it. The file stays as it is.
system-keychain-confirm = Use keychain
trouble-title = Countersign could not start properly
trouble-state = State: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] Open inbox
       *[other] Open inbox ({ $count })
    }
tray-more =
    { $count ->
        [one] One more request
       *[other] { $count } more requests
    }
no-tray = This desktop has no tray
no-tray-what = Closing the window ends Countersign. Requests are not announced then.
tray-check-now = Check now
tray-mute = Mute notifications
tray-mute-minutes = For 20 minutes
tray-mute-hour = For 1 hour
tray-mute-tomorrow = Until tomorrow
tray-unmute = Unmute
tray-lock = Lock
tray-quit = Quit
notify-asks = { $requester } asks for your approval
notify-question = { $requester } asks: { $question }
notify-locked = A request waits for your answer
notify-locked-body = Unlock Countersign to see it.
notify-burst = { $requester } keeps asking
notify-burst-locked = Requests keep coming
notify-burst-body = More of them appear in Countersign only, without a notification. If it is not you, report it there.
notify-approved = Approved · { $requester }
notify-denied = Denied · { $requester }
notify-denied-body = If you did not start this yourself, report it in Countersign.
notify-failed = { $requester }: your answer is not confirmed
notify-failed-locked = Your answer is not confirmed
notify-trial = This is only a test
notify-trial-body = Nobody asks for anything. Requests reach you like this.
notify-see = Open Countersign to see what it is.
notify-open = Open
notify-review = Review
