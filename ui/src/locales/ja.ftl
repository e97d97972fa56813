# Japanese. Polite form (です・ます).
# approve = 承認, deny = 拒否, request = リクエスト, account = アカウント, factor = 認証要素, key = 鍵,
# keychain = キーチェーン, site = サイト, enrolment link = 登録リンク, vault = 保管庫.

## Names and places

app-name = Countersign
place-inbox = 受信ボックス
place-inbox-count =
    { $count ->
       *[other] 受信ボックス、未回答のリクエスト { $count } 件
    }
place-factors = 認証要素
place-settings = 設定
place-history = 履歴
nav-label = 画面の切り替え
add-account = アカウントを追加
cancel = キャンセル
dismiss = 閉じる
check-now = 今すぐ確認
checking = 確認中…
try-again = 再試行
loading = Countersign を開いています…
back = 戻る
kept = 保存しました

## Connection, in the header

status-online = 確認: { $time }
status-never = 未確認
status-offline = オフライン
status-paused = 自動確認なし

## Time

time-left = 残り { $time }
time-left-hurry =
    { $seconds ->
       *[other] 残りわずか { $seconds } 秒
    }
day-today = 今日
day-yesterday = 昨日
duration-seconds =
    { $count ->
       *[other] { $count } 秒
    }
duration-minutes =
    { $count ->
       *[other] { $count } 分
    }
duration-hours =
    { $count ->
       *[other] { $count } 時間
    }
duration-days =
    { $count ->
       *[other] { $count } 日
    }

## Said to screen readers

announce-arrival = { $requester } から新しいリクエストが届きました。残り { $time } です。
announce-left = { $requester } からのリクエスト: 残り { $time } です。
announce-expired = { $requester } からのリクエストは期限切れになりました。何も承認されていません。

## Inbox

inbox-list = リクエスト
inbox-empty-title = リクエストはありません
inbox-empty-checked = 最終確認: { $time }
inbox-empty-never = まだ確認していません
inbox-empty-hint = サイトが承認を求めると、ここに表示されます。
inbox-accounts = 待ち受け中のアカウント
inbox-back = 受信ボックスに戻る

burst-count = 短時間に同じものが { $count } 件
burst-unfold = すべて表示
burst-fold = 1 件だけ表示
burst-unfold-of = { $requester } からのリクエスト { $count } 件をすべて表示
burst-fold-of = { $requester } からのリクエスト { $count } 件を 1 件にまとめる
burst-title = 同じ文面のリクエストが短時間に { $count } 件届きました
burst-advice = 煩わしさから 1 件でも承認されるのを、誰かが狙っているのかもしれません。ご自身で始めた操作でない場合は、「自分ではありません」を選んでください。

## Banners

banner-offline = { $time } からオフライン
banner-offline-age = 表示内容は { $age }前のものです。接続が回復するまで、承認も拒否もできません。
banner-offline-unknown = 接続が回復するまで、承認も拒否もできません。
banner-keychain = システムのキーチェーンを利用できません
banner-keychain-line = 鍵がキーチェーンにあるアカウントへのリクエストは、再び開けるようになるまで届きません。何も失われていません。
banner-vault = 一部のアカウントが閉じています
banner-vault-line = それらの鍵は、パスフレーズで開くファイルにあります。パスフレーズを入力すると、リクエストが再び届きます。
banner-vault-gone = それらの鍵があるファイルが見つかりません。元の場所に戻すか、アカウントを削除してサイトから追加し直してください。
banner-clock =
    { $direction ->
        [slow] このコンピューターの時計は { $host } より { $difference }遅れています
       *[fast] このコンピューターの時計は { $host } より { $difference }進んでいます
    }
banner-clock-advice = 残り時間はサーバーの時計に合わせているので、そのまま続けられます。このコンピューターの時計が間違っている場合は、システム設定で合わせてください。そのままでは回答が拒否されることがあります。
banner-paused = 別の Countersign がすでにリクエストを確認しています
banner-paused-advice = このウィンドウには、その確認結果が表示されます。「今すぐ確認」は引き続き使えます。
mute-bar = 通知は { $time } までミュート中です
mute-bar-factor = { $requester } からの通知は { $time } までミュート中です
mute-bar-reported = ご自身のものではないリクエストが報告されたため、{ $requester } からの通知は { $time } までミュート中です
mute-bar-line = リクエストは引き続きここに表示されます。
unmute = ミュート解除

## A request

request-asks = が承認を求めています
request-from-label = { $requester } からのリクエスト
request-quote = { $requester } からのメッセージ
request-no-message = { $requester } はこのリクエストにメッセージを付けていません。
request-account = アカウント
request-identity = ID
request-asked = 受付
request-asked-value = { $asked }、期限 { $expires }
request-date = 日付
request-details = { $requester } からの詳細
request-twins =
    { $count ->
       *[other] 同じ操作についてさらに { $count } 回求められています。1 回の回答がすべてに適用されます。
    }
request-unsigned-title = 署名の対象外の詳細があります
request-unsigned = { $host } は、これらを署名の対象から外しています。あとで、別のことを承認したと主張されるおそれがあります。その点で { $host } を信頼できる場合にだけ承認してください。
request-field-unsigned = 署名の対象外
request-hidden-characters = 見えない文字が含まれています（� で表示）
request-changed-title = このリクエストは、表示されたあとに変更されました
request-changed = 何も署名されていません。回答する前に、下の内容をもう一度お読みください。
request-field-changed = 変更あり
request-show-all = すべて表示
request-show-less = 一部だけ表示
request-show-all-of = { $label } をすべて表示
request-show-less-of = { $label } を一部だけ表示
request-here-title = このコンピューターで開いているページが、このリクエストを指し示しました
request-here = ここで開いているどのウェブサイトにもできることです。あなたが開始した証拠にはなりません。
unusual-recentlyDenied = 少し前に { $requester } からのリクエストを拒否しています
unusual-recentlyDenied-advice = 前のリクエストがほかの誰かによるものなら、これも同じかもしれません。たった今ご自身で始めたものだけを承認してください。
unusual-burst = { $requester } から数分のうちに複数のリクエストが届きました
unusual-burst-advice = 煩わしさから 1 件でも承認されるのを、誰かが狙っているのかもしれません。たった今ご自身で始めたものだけを承認してください。
unusual-firstApproval = { $requester } からのリクエストをここで承認したことは、まだありません
unusual-firstApproval-advice = 上のアドレスを確かめ、たった今ご自身で始めたものだけを承認してください。
unusual-newMessage = { $requester } からこの内容を求められたことはありません
unusual-newMessage-advice = よく読んで、たった今ご自身で始めたものだけを承認してください。
unusual-newDetails = { $requester } から同じ内容を求められたことはありますが、詳細が異なります
unusual-newDetails-advice = 下の詳細を、たった今ご自身で始めたものと見比べてください。
unusual-sure = 内容を読みました。自分で始めたものです
request-technical = 技術的な詳細
request-signed-fields = 署名の対象
request-signed-none = 詳細なし
request-challenge = チャレンジ
request-factor = 認証要素
request-service = サービス
request-api-account = API アカウント
request-digest = 表示内容のダイジェスト

## Answering

approve = 承認
deny = 拒否
decision-label = 回答
decision-approving = 承認に署名して送信しています…
decision-confirming = 本人確認を待っています…
decision-denying = 拒否に署名して送信しています…
decision-reporting = 拒否して報告しています…
not-me = 自分ではありません
number-label = サインインしている画面に表示された番号を入力してください
number-digits =
    { $count ->
       *[other] { $count } 桁
    }
number-digits-unknown = 2〜8 桁
number-checked-server = サーバーが照合します
number-checked-app = このアプリが照合します
number-tries =
    { $count ->
       *[other] あと { $count } 回
    }
number-none = 番号が表示されていない場合は、拒否してください。
number-typed =
    { $count ->
       *[other] { $count } 桁入力済み
    }
report-again = もう一度報告する
report-question = ご自身が始めた操作ですか？
report-mine = はい、取り消す
report-note = { $requester } に伝えることはありますか？（任意）
report-note-over =
    { $count ->
       *[other] { $count } 文字超過
    }
report-note-left =
    { $count ->
       *[other] 残り { $count } 文字
    }
decision-blocked-offline = { $host } に接続できないため、回答を送信できません。回答があとで送るために保存されることはありません。
decision-blocked-opening = お待ちください。{ $host } から最新の内容を取得しています。
decision-blocked-unread = 最新の内容を取得できなかったため、まだ回答できません。
decision-blocked-revoked = { $host } は、このコンピューターの鍵を受け付けなくなりました。
decision-blocked-key = このアカウントの鍵がなくなったため、署名できません。
open-factors = 認証要素を開く

## How a request ended

ended-approved = 承認済み
ended-approved-line = 承認済み · { $time } · このコンピューターの鍵で署名
ended-approved-detail = { $requester } に署名付きの回答が届きました。
ended-denied = 拒否済み
ended-denied-line = 拒否しました。
ended-denied-detail = { $time } に { $requester } に伝えました。何も承認されていません。
ended-wrongNumbers = 拒否済み
ended-wrongNumbers-line = 番号を 3 回間違えたため、拒否されました。
ended-wrongNumbers-detail = 何も承認されていません。まだ必要な場合は、{ $requester } にもう一度送るよう依頼してください。
ended-reported-server = 報告済み
ended-reported-server-line = 拒否して、{ $requester } に報告しました。
ended-reported-server-detail = ご自身ではないことを、{ $time } に { $requester } に伝えました。{ $requester } からの通知は 20 分間ミュートされますが、リクエストは引き続きここに表示されます。誰かがパスワードを知っているおそれがあります。{ $requester } でパスワードを変更してください。
ended-reported-address = 拒否済み
ended-reported-address-line = 拒否しました。理由はまだ誰にも伝えられていません。
ended-reported-address-detail = { $requester } はここからの報告を受け付けていませんが、報告用にこのアドレスを示しています。ブラウザーで開いて報告し、{ $requester } のパスワードを変更してください。
ended-reported-nobody = 拒否済み
ended-reported-nobody-line = 拒否しました。理由は誰にも伝えられていません。
ended-reported-nobody-detail = { $requester } はここからの報告を受け付けていません。ご自身で知らせ、パスワードを変更してください。誰かがパスワードを知っているおそれがあります。
ended-reported-failed = 拒否済み
ended-reported-failed-line = 拒否しましたが、報告は届きませんでした。
ended-reported-failed-detail = 何も承認されていません。ご自身ではないことを、{ $requester } はまだ知りません。
ended-expired = 期限切れ
ended-expired-line = { $time } に期限切れになりました。何も承認されていません。
ended-expired-detail = まだ必要な場合は、{ $requester } にもう一度送るよう依頼してください。
ended-unconfirmed = 未確認
ended-unconfirmed-line = { $time } に期限切れになりました。回答が届いたかどうかは不明です。
ended-unconfirmed-detail = 送信されましたが、サーバーの確認が取れていません。サーバーに接続できるようになったら履歴を確認するか、{ $requester } に問い合わせてください。
ended-elsewhere-approved = 別の場所で回答済み
ended-elsewhere-approved-line = 別のデバイスで承認されました。
ended-elsewhere-approved-detail = このコンピューターからの回答ではありません。ご自身でない場合は、すぐに { $requester } に知らせてください。
ended-elsewhere-denied = 別の場所で回答済み
ended-elsewhere-denied-line = 別のデバイスで拒否されました。
ended-elsewhere-denied-detail = このコンピューターからの回答ではありません。何も承認されていません。
ended-elsewhere-unknown = 別の場所で回答済み
ended-elsewhere-unknown-line = すでに別のデバイスで回答されています。
ended-elsewhere-unknown-detail = このコンピューターからは何も送信されていません。回答は履歴で確認できます。
ended-withdrawn = 取り下げ
ended-withdrawn-line = { $requester } がこのリクエストを取り下げました。
ended-withdrawn-detail = 何も承認されていません。

## Errors: what happened, whether anything was approved, what to do

error-code = コード: { $code }
error-during-link = 何も追加されず、何も送信されていません。
error-during-enrol = アカウントは追加されていません。
error-during-remove = アカウントは削除されていません。
error-during-change = 何も変更されていません。
error-linkInvalid = これは登録リンクではありません
error-linkInvalid-advice = サイトから countersign:// で始まるリンク全体をコピーして、もう一度貼り付けてください。
error-linkOneTimeCode = これはワンタイムパスワード用のコードです
error-linkOneTimeCode-advice = Countersign では使用しません。ワンタイムコード用のアプリを使うか、プッシュ承認をサイトに依頼してください。
error-linkOtherKind = このリンクは別の種類のデバイス用です
error-linkOtherKind-advice = プッシュで承認する登録をサイトに依頼してください。
error-linkTooNew = このリンクは、この Countersign より新しいものです
error-linkTooNew-advice = Countersign を更新してから、もう一度リンクを開いてください。
error-linkInsecure = このリンクのアドレスは安全ではありません
error-linkInsecure-advice = 使用しないでください。サーバーが https で始まるリンクをサイトに依頼してください。
error-codeMissing = 画像に QR コードが見つかりません
error-codeMissing-advice = コードを大きく、または鮮明にし、周囲に余白を残して、もう一度お試しください。コードの下のリンクをコピーすることもできます。
error-codeOther = この QR コードは登録用ではありません
error-codeOther-advice = 別の内容が含まれていましたが、開いていません。サイトが登録または設定用と呼ぶコードを探してください。
error-pictureTooLarge = この画像は大きすぎます
error-pictureTooLarge-advice = コードの部分を切り取ってから、もう一度お試しください。読み取れるのは 20 MB、5,000 万画素までです。
error-pictureUnknown = Countersign が読み取れる画像ではありません
error-pictureUnknown-advice = PNG、JPEG、WebP、GIF、BMP を使うか、画面の一部を選択してください。
error-pictureDamaged = この画像は破損しています
error-pictureDamaged-advice = もう一度保存またはコピーするか、画面の一部を選択してください。
error-clipboardEmpty = 貼り付ける画像もリンクもありません
error-clipboardEmpty-advice = 先に QR コードかリンクをコピーしてから、ここに貼り付けてください。
error-screenUnavailable = このデスクトップでは、Countersign が画面を見ることができません
error-screenUnavailable-advice = ご自身でコードのスクリーンショットを撮ってここにドロップするか、リンクをコピーしてください。macOS では、プライバシー設定で画面収録を許可してください。
error-linkUsedOrExpired = このリンクは使用済みか、期限切れです
error-linkUsedOrExpired-advice = サイトで新しいリンクを取得してください。以前のリンクをご自身で使っていない場合は、ほかの誰かが使ったことをサイトに知らせてください。
error-notFound = このリクエストはもうありません
error-notFound-what = 何も承認されていません。
error-notFound-advice = まだ必要な場合は、もう一度送るようサイトに依頼してください。
error-notFound-remove = このアカウントはもうこのコンピューターにありません
error-notFound-remove-what = 削除するものはありませんでした。
error-notFound-remove-advice = これ以上の操作は必要ありません。
error-expired = このリクエストは期限切れです
error-expired-what = 何も承認されていません。
error-expired-advice = まだ必要な場合は、もう一度送るようサイトに依頼してください。
error-alreadyAnswered = このリクエストには、すでに回答済みです
error-alreadyAnswered-what = このコンピューターからは何も送信されていません。
error-alreadyAnswered-advice = 回答は履歴で確認できます。
error-changedSinceShown = このリクエストは、表示されたあとに変更されました
error-changedSinceShown-what = 何も署名されていません。
error-changedSinceShown-advice = 回答する前に、もう一度お読みください。
error-numberNeeded = このリクエストの承認には番号が必要です
error-numberNeeded-what = 何も承認されていません。
error-numberNeeded-advice = 操作を始めた画面に表示されている番号を入力してください。
error-wrongNumber = 番号が違います
error-wrongNumber-what =
    { $count ->
       *[other] 何も承認されていません。あと { $count } 回試せます。すべて間違えると、リクエストは拒否されます。
    }
error-wrongNumber-advice = リクエストを始めた画面で、もう一度確認してください。
error-wrongNumberDenied = 番号が 3 回違っていました
error-wrongNumberDenied-what = リクエストは拒否されました。何も承認されていません。
error-wrongNumberDenied-advice = まだ必要な場合は、もう一度送るようサイトに依頼してください。
error-numberLocked = 番号の間違いが多すぎます
error-numberLocked-what = 何も承認されていません。サーバーは当面、このコンピューターからの番号を受け付けません。
error-numberLocked-advice = 明日もう一度試すか、別の方法でサインインしてください。拒否は引き続きできます。
error-presenceRefused = ご本人であることが確認されませんでした
error-presenceRefused-what = 何も承認されておらず、何も変更されていません。
error-presenceRefused-advice = もう一度試し、システムの確認に応じてください。
error-presenceUnavailable = このコンピューターではご本人であることを確認できません
error-presenceUnavailable-what = 何も承認されておらず、何も変更されていません。
error-presenceUnavailable-advice = 設定で PIN を設定してください。すでに確認が必要なアカウントは、「認証要素」で削除してから、サイトで追加し直してください。
error-presenceUnavailable-unlock-advice = これまで本人を確認していたもの（Windows Hello、Touch ID、Linux では polkit エージェント）を再び有効にしてください。もう使えない場合は、ターミナルで「countersign pin set」と入力し、その PIN でロックを解除してください。そのためにアカウントの削除が必要な場合は、ターミナルに表示されます。
error-pinNeeded = この操作には PIN が必要です
error-pinNeeded-what = 何も承認されておらず、何も変更されていません。
error-pinNeeded-advice = Countersign の PIN を入力してください。
error-pinWrong =
    { $seconds ->
        [0] PIN が違います
       *[other] ただいま PIN を受け付けていません
    }
error-pinWrong-what =
    { $seconds ->
        [0] 何も承認されておらず、何も変更されていません。{ $count ->
           *[other] あと { $count } 回試せます。
        }
       *[other] 何も承認されておらず、何も変更されていません。間違いが多すぎるため、{ $seconds } 秒間は正しい PIN も確認しません。
    }
error-pinWrong-advice = 忘れた場合は、アカウントを削除してから（ターミナルでは countersign remove）、各サイトで追加し直してください。
error-pinLength = PIN は 6〜128 文字です
error-pinLength-what = 何も承認されておらず、何も変更されていません。
error-pinLength-advice = 別の PIN を選んでください。
error-pinStillNeeded = PIN はまだ必要です
error-pinStillNeeded-what = 何も承認されておらず、PIN も削除されていません。
error-pinStillNeeded-advice = 確認が必要なアカウントがあり、このコンピューターにはほかの確認手段がありません。先にその設定をオフにしてください。
error-offline = サーバーに接続できません
error-offline-what = 何も送信されていません。
error-offline-approve-what = 承認は確認されておらず、あとで送るために保存されることもありません。
error-offline-deny-what = 拒否は確認されていません。
error-offline-report-what = 拒否は確認されておらず、何も報告されていません。
error-offline-advice = 接続を確認してから、もう一度お試しください。
error-unconfirmed = 回答が届いたかどうかは不明です
error-unconfirmed-what = 送信されましたが、サーバーの確認が取れていません。
error-unconfirmed-report-what = 拒否は送信されましたが、サーバーの確認が取れていません。何も報告されていません。
error-unconfirmed-advice = しばらくしてから、ここか履歴で結果を確認してください。まだ待っているものには、もう一度回答できます。
error-clock = サーバーがこのコンピューターの時計を受け付けませんでした
error-clock-what = 何も承認されていません。
error-clock-advice = システム設定で日付と時刻を自動設定にしてから、もう一度お試しください。
error-keychainMissing = このコンピューターには、鍵を保管するキーチェーンがありません
error-keychainMissing-what = 何も承認されておらず、鍵も作成されていません。
error-keychainMissing-advice = GNOME Keyring や KWallet などのキーリングをインストールして起動してから、もう一度お試しください。
error-keychainLocked = キーチェーンがロックされています
error-keychainLocked-what = 何も承認されていません。
error-keychainLocked-advice = ロックを解除してから、もう一度お試しください。
error-keychainRefused = キーチェーンが鍵の使用を許可しませんでした
error-keychainRefused-what = 何も承認されていません。
error-keychainRefused-advice = システムに尋ねられたら Countersign を許可して、もう一度お試しください。
error-keyLost = このアカウントの鍵がこのコンピューターにありません
error-keyLost-what = 何も承認されていません。この鍵を元に戻すことはできません。
error-keyLost-advice = 「認証要素」でアカウントを削除してから、サイトで追加し直してください。
error-refused = サーバーが受け付けませんでした
error-refused-what = 何も承認されていません。
error-refused-advice = もう一度お試しください。続く場合は、下のコードを添えてサイトに知らせてください。
error-factorRevoked = サイトはこのコンピューターの鍵を受け付けなくなりました
error-factorRevoked-what = 何も承認されていません。
error-factorRevoked-advice = 「認証要素」でアカウントを削除してください。まだ必要な場合は、サイトで追加し直してください。
error-locked = Countersign はロックされています
error-locked-what = 何も承認されていません。
error-locked-advice = ロックを解除してから、もう一度お試しください。
error-lockUnavailable = このコンピューターでは、誰が使っているかを確認できません
error-lockUnavailable-what = ロックもロック解除もされておらず、何も承認されていません。
error-lockUnavailable-advice = 設定で PIN を設定してから、もう一度お試しください。
error-choiceInvalid = この値は使用できません
error-choiceInvalid-what = 何も変更されておらず、何も承認されていません。
error-choiceInvalid-advice = 別の値を選んでください。
error-autostartRefused = システムが受け付けませんでした
error-autostartRefused-what = Countersign の起動方法は変わっていません。何も承認されていません。
error-autostartRefused-advice = システムの自動起動プログラムの一覧で、Countersign を追加または削除してください。
error-storage = Countersign が自身のデータを読み書きできません
error-storage-what = 何も承認されていません。
error-storage-advice = ディスクに空きがあり、ファイルの所有者がご自身であることを確認してから、もう一度お試しください。
error-storageTooNew = このデータは、より新しい Countersign が書き込んだものです
error-storageTooNew-what = 何も承認されておらず、何も変更されていません。
error-storageTooNew-advice = Countersign を更新してください。古いバージョンでは読み込めません。
error-storageDamaged = Countersign のデータが破損しています
error-storageDamaged-what = 何も承認されていません。
error-storageDamaged-advice = コピーからプロファイルを復元するか、プロファイルを削除してアカウントを追加し直してください。
error-storageOutdated = この Countersign が使っているデータベースは古すぎます
error-storageOutdated-what = 何も承認されていません。
error-storageOutdated-advice = Countersign を公式のパッケージからインストールし直してください。
error-keyUnclear = このアカウントの鍵を特定できません
error-keyUnclear-what = 何も承認されていません。キーチェーンに該当する項目が複数あるか、破損した項目があります。
error-keyUnclear-advice = 「認証要素」でアカウントを削除してから、サイトで追加し直してください。
error-vaultLocked = 保管庫のパスフレーズがないか、間違っています
error-vaultLocked-what = 何も承認されていません。
error-vaultLocked-advice = COUNTERSIGN_VAULT_PASSPHRASE_FILE が示すファイルに正しいパスフレーズを書き込んでから、もう一度お試しください。
error-passphraseNeeded = Countersign にはパスフレーズが必要です
error-passphraseNeeded-what = 何も承認されていません。
error-passphraseNeeded-advice = Countersign のウィンドウで入力してください。
error-passphraseWrong = パスフレーズが違います
error-passphraseWrong-what = 何も承認されておらず、何も変更されていません。
error-passphraseWrong-advice = 大文字と空白も同じように、もう一度入力してください。パスフレーズがないと、ファイルの鍵は使えません。
error-passphraseShort = パスフレーズは 8 文字以上です
error-passphraseShort-what = 何も承認されておらず、何も変更されていません。
error-passphraseShort-advice = もっと長いものを選んでください。複数の単語をおすすめします。
error-vaultMissing = 保管庫のファイルがありません
error-vaultMissing-what = 何も承認されていません。
error-vaultMissing-advice = ファイルを元の場所に戻してから、もう一度お試しください。ファイルが失われた場合、その中の鍵も失われています。システムのキーチェーンに戻し、それらの鍵のアカウントを削除して、サイトから追加し直してください。
error-vaultUnusable = 保管庫のファイルを使用できません
error-vaultUnusable-what = 何も承認されていません。
error-vaultUnusable-advice = ファイルの所有者がご自身だけであり、読み書きできることを確認してから、もう一度お試しください。
error-vaultDamaged = 保管庫のファイルが破損しています
error-vaultDamaged-what = 何も承認されていません。
error-vaultDamaged-advice = コピーからファイルを復元するか、ファイルを削除してアカウントを追加し直してください。
error-vaultFull = 保管庫がいっぱいです
error-vaultFull-what = 何も承認されておらず、鍵も作成されていません。
error-vaultFull-advice = 不要なアカウントを削除してから、もう一度お試しください。
error-internal = Countersign の内部で問題が発生しました
error-internal-what = 承認が確認されたものはありません。
error-internal-advice = もう一度お試しください。続く場合は、Countersign を再起動してください。

## Add account

add-title = アカウントを追加
add-intro = 承認に使いたいサイトに、QR コードか登録リンクが表示されます。どちらかをここに持ってきてください。
add-code = QR コードから
add-code-hint = このページのどこにでも画像をドロップするか、貼り付けてください。画像はこのコンピューターで読み取られ、保存されません。
add-screen = 画面の一部を選択
add-file = 画像を選択
add-paste = 画像またはリンクを貼り付け
add-camera = カメラを使う
add-camera-none = このコンピューターにはカメラがありません
add-drop-here = 画像をここにドロップ
add-link = 登録リンク
add-link-hint = countersign:// で始まり、数分間、1 回だけ使えます。
add-continue = 続ける
add-reading = 読み取っています…
choose-title = どのアカウントですか？
choose-intro = { $count } 件の登録コードが見つかりました。それぞれの行き先はアドレスで分かります。
camera-title = QR コードをカメラに見せてください
camera-intro = 画面の半分ほどを占めるようにかざしてください。カメラの映像はこのコンピューターから出ず、保存もされません。
camera-opening = カメラを起動しています…
camera-looking = コードを探しています…
camera-none = ここで使えるカメラがありません。画面の一部を選択するか、画像を選んでください。
camera-refused = システムが Countersign のカメラ使用を許可していません。システムのプライバシー設定で許可するか、別の方法を選んでください。
camera-other-way = 別の方法を選ぶ
confirm-title = このアカウントを追加しますか？
confirm-host = このリンクの接続先
confirm-host-unicode = 見た目は { $unicode }
confirm-punycode-title = このアドレスには外国語の文字が使われています
confirm-punycode = 別のアドレスに似せたものかもしれません。目的のサイトのアドレスと 1 文字ずつ見比べてください。
confirm-loopback = このコンピューター上のサーバーです。お試しに向いています。
confirm-cloud = 多くのサイトが共有するクラウドサービスです。どのサイトがこのリンクを作ったかの証明にはなりません。
confirm-issuer = サイト
confirm-account = アカウント
confirm-identity = ID
confirm-claimed = リンクの記載による
confirm-later = 続けたあとに決まります
confirm-created = 作成されるもの
confirm-created-value = このアカウント専用の新しい署名鍵
confirm-key = 鍵の保管場所
confirm-key-value = { $location }（Countersign が鍵をどこかへ送ることはありません）
key-place-keyring = このデスクトップのキーリング
key-place-macKeychain = macOS のキーチェーン
key-place-credentialManager = Windows 資格情報マネージャー
key-place-vault = パスフレーズで暗号化されたファイル
key-place-memory = メモリ（プログラムの終了まで）
confirm-only = たった今ご自身で始めた操作で、{ $host } を信頼している場合にだけ続けてください。
confirm-only-cloud = 信頼できるサイトでご自身が始めた操作の場合にだけ続けてください。
confirm-add = アカウントを追加
confirm-adding = 鍵を作成し、{ $host } に伝えています…
added-title = { $name } を追加しました
added-line = これからは { $host } からのリクエストが受信ボックスに表示されます。
added-key = 鍵はこのコンピューターで作成され、ここに保管されます: { $location }
added-inbox = 受信ボックスを開く
added-another = 別のアカウントを追加

## Factors

factors-title = 認証要素
factors-intro = 認証要素とは、このコンピューターにある鍵で、1 つのサイトがあなたの回答として受け付けるものです。
factors-empty-title = 認証要素はまだありません
factors-empty-hint = アカウントを追加すると、最初の認証要素が作られます。
factor-server = サーバー
factor-identity = ID
factor-key = 鍵の保管場所
factor-added = 追加日時
factor-contact = 最後の通信
factor-never = なし
factor-remove = 削除
factor-remove-name = { $name } を削除
factor-online = 接続中
factor-offline = { $time } からオフライン
factor-skewed = 時計のずれ: { $difference }
factor-signed-out = 鍵が受け付けられません
factor-signed-out-advice = サイトがこの認証要素を削除しました。ここでも削除してください。まだ必要な場合は、サイトで追加し直してください。
factor-never-checked = 未確認
factor-unverified = 未完了
factor-unverified-advice = アカウントの追加が中断されました。サーバーに接続できるようになると、Countersign が完了させます。
remove-title = { $name } を削除しますか？
remove-line = { $host } の { $account } の鍵がこのコンピューターから削除されます。元に戻すことはできません。
remove-advice = 別の方法でサインインできることを確認してください。
remove-confirm = 鍵ごと削除
removing = 削除しています…
removed = { $name } を削除し、{ $host } に伝えました。
removed-untold = { $name } をこのコンピューターから削除しました。{ $host } にはまだ伝えられていません。接続できるようになると、Countersign が伝えます。

factor-mute = 通知
factor-mute-hint = リクエストはいずれの場合もここに表示されます。
policy-title = リクエストの承認方法
policy-verification = 本人確認
policy-verification-hint = このコンピューターのシステムで、システムが確認できない場合は PIN で行います。拒否には必要ありません。
policy-verification-never = しない
policy-verification-unusual = 新しい、または普段と違う場合
policy-verification-always = 承認のたび
policy-answerFromNotification = 通知から承認する
policy-answerFromNotification-hint = オフの場合、通知からは内容の確認と拒否ができます。Countersign のロック中や、番号の入力が必要な場合は承認できません。
policy-answerFromTray = トレイメニューから承認する
policy-answerFromTray-hint = オフの場合、メニューからは内容の確認と拒否ができます。
policy-silentOnThisComputer = ここで始めたものを自動で承認する
policy-silentOnThisComputer-hint = このコンピューター上のページが、{ $requester } からのリクエストを始めた証拠を渡した場合です。
policy-silent-warning-title = この場合、誰にも確認しません
policy-silent-warning = このコンピューターを使う人、その上のあらゆるプログラム、開いているあらゆるウェブサイトが、{ $requester } からのリクエストを承認させることができます。番号の入力が必要なもの、新しいもの、普段と違うものは対象外です。履歴には印が付きます。

## Settings

settings-intro = 変更はすぐに保存されます。
settings-back = 設定に戻る
settings-look = 言語と外観
settings-language = 言語
settings-language-system = システムに合わせる
settings-theme = テーマ
settings-theme-system = システムに合わせる
settings-theme-light = ライト
settings-theme-dark = ダーク
settings-background = 通知とバックグラウンド
settings-notifications = 通知
settings-notifications-hint = サイトが承認を求めたときに知らせます。
trial = テスト通知
trial-hint = システムが通知を通すかどうかが分かります。
trial-show = 表示する
trial-question = 表示されましたか？
trial-yes = はい
trial-no = いいえ
trial-seen = 問題ありません。リクエストはこのように届きます。
trial-unseen = システムが通知を止めています。システムの設定で、Countersign の通知がオフになっていないか、おやすみモードになっていないかを確認してください。いずれの場合も、リクエストはこのウィンドウで待っています。
trial-refused = このデスクトップは通知を受け付けませんでした。足りないものは、「設定」の「動作環境の確認」で分かります。いずれの場合も、リクエストはこのウィンドウで待っています。
settings-mute = しばらく静かにする
settings-mute-hint = どこからの通知も表示しません。リクエストは引き続きここに表示されます。
settings-closeToTray = トレイに残る
settings-closeToTray-hint = ウィンドウを閉じても Countersign は動き続け、リクエストが届きます。トレイがない場合、閉じると終了します。
settings-autostart = システムと同時に起動
settings-autostart-hint = ウィンドウなしで、トレイに起動します。
settings-autostart-unknown = Countersign を起動するかどうか、システムから回答がありません。
settings-lock = ロックとプライバシー
settings-lock-now = 今すぐロック
settings-lock-now-hint = 待機中のリクエストの件数以外をすべて隠します。
settings-lock-impossible = 先に PIN を設定してください。このコンピューターには、ほかに本人を確認する方法がありません。
settings-lock-after = 使われていないときにロック
settings-lock-never = しない
settings-lock-minutes =
    { $minutes ->
       *[other] { $minutes } 分後
    }
settings-lockWithSystem = システムと一緒にロック
settings-lockWithSystem-hint = 画面がロックされたとき、およびコンピューターがスリープする前です。
settings-pin-system = このコンピューターのシステムが本人を確認するため、PIN は必要ありません。システムが確認できない場合に求められます。
settings-pin-set = システムが本人を確認できない場合に求められます。
settings-pin-none = システムが本人を確認できないコンピューター用です。PIN がないと、ロックや本人確認ができません。
settings-hideFromCapture = スクリーンショットに写さない
settings-hideFromCapture-hint = Windows と macOS で、このウィンドウをスクリーンショットや画面共有から除きます。Linux のデスクトップにはその手段がないため、効果はありません。
settings-history = 履歴の保存期間
settings-history-hint = それより古いものは、署名付きの回答とともにこのコンピューターから削除されます。
settings-history-ever = 無期限
settings-history-days =
    { $days ->
       *[other] { $days } 日間
    }
settings-help = ヘルプと情報
mute-off = ミュートなし
mute-for =
    { $hours ->
       *[other] { $hours } 時間ミュート
    }
mute-until = { $time } までミュート中です。
mute-reported-until = ご自身のものではないリクエストが報告されたため、{ $time } までミュート中です。
about-version = Countersign { $version }
about-licences = MIT または Apache 2.0 を選んで利用できる自由ソフトウェアです。フォントは Inter（SIL Open Font License）、アイコンは Lucide（ISC）です。

## The PIN

pin = PIN
pin-set = PIN を設定
pin-change = 変更
pin-remove = 削除
pin-ask-title = PIN を入力してください
pin-confirm = 確認
pin-checking = 確認中…
pin-set-title = PIN を設定
pin-set-line = このコンピューターのシステムが本人を確認できない場合に、Countersign が PIN を求めます。忘れると元に戻せません。
pin-set-confirm = PIN を設定
pin-change-title = PIN を変更
pin-change-line = 新しい PIN はすぐに有効になります。
pin-change-confirm = PIN を変更
pin-remove-title = PIN を削除しますか？
pin-remove-line = 削除すると、システムが本人を確認できる場合を除き、このコンピューターではロックも本人確認もできなくなります。
pin-remove-confirm = PIN を削除
pin-old = 現在の PIN
pin-new = 新しい PIN
pin-new-hint = 6〜128 文字。文字や記号も使えます。
pin-again = 新しい PIN（もう一度）
pin-differs = 2 つの PIN がまだ一致していません。

## Locked

lock-title = Countersign はロックされています
lock-count =
    { $count ->
        [0] 待機中のリクエストはありません
       *[other] { $count } 件のリクエストが待機中です
    }
lock-line = 誰が何を求めているかは、ロックを解除すると表示されます。
unlock = ロックを解除
lock-waiting = システムを待っています…

## Setup health

health-title = 動作環境の確認
health-intro = Countersign がこのコンピューターで必要とするものと、その状態です。
health-hint = このコンピューターの問題点と、その直し方です。
health-open = 調べる
health-again = もう一度調べる
health-looking = 調べています…
health-worst-ok = すべて正常です。
health-worst-warn = Countersign は動作していますが、改善できる点があります。
health-worst-bad = リクエストに回答するには、直す必要のある点があります。
health-state-ok = 正常:
health-state-warn = 改善できます:
health-state-bad = 要対応:
health-keychain-works = キーチェーンにアクセスできます
health-keychain-locked = キーチェーンがロックされています
health-keychain-locked-advice = パスワードやキーチェーンのアプリでロックを解除するか、コンピューターにサインインし直してください。
health-keychain-missing = キーチェーンがありません
health-keychain-missing-advice = GNOME Keyring や KWallet などのキーリングサービスをインストールして、デスクトップにサインインし直してください。
health-keyLocation-works = 新しい鍵の保管場所: { $place }
health-notifications-works = 通知をボタン付きで表示できます
health-notifications-limited = 通知は表示できますが、ボタンは付きません
health-notifications-limited-advice = デスクトップの通知サービスがボタンを表示しません。リクエストにはウィンドウとトレイで回答できます。
health-notifications-missing = 通知を表示できません
health-notifications-missing-advice = このデスクトップで通知サービスを起動するか、ウィンドウを見える場所に開いておいてください。
health-notifications-unknown = 通知を表示できるかどうかは不明です
health-notifications-unknown-advice = 通知が表示されない場合は、システムの通知設定で Countersign を探してください。
health-tray-works = トレイを利用できます
health-tray-limited = トレイはありますが、描画用のライブラリがありません
health-tray-limited-advice = パッケージ libayatana-appindicator3-1 をインストールして、Countersign を起動し直してください。
health-tray-missing = このデスクトップにはトレイがありません
health-tray-missing-advice = ウィンドウを閉じると Countersign は終了し、リクエストは次に開いたときに表示されます。GNOME では拡張機能 AppIndicator でトレイを追加できます。
health-tray-unknown = トレイがあるかどうかは不明です
health-links-works = 登録リンクは Countersign で開きます
health-links-missing = 登録リンクを開くプログラムがありません
health-links-missing-advice = Countersign をもう一度起動するか、リンクをコピーして「アカウントを追加」に貼り付けてください。
health-links-elsewhere = 登録リンクは別のプログラムで開きます: { $detail }
health-links-elsewhere-advice = 変更するには、システム設定で countersign リンクに Countersign を選んでください。
health-links-unknown = どのプログラムが登録リンクを開くかは不明です
health-links-unknown-advice = リンクをコピーして「アカウントを追加」に貼り付けてください。
health-clock-works = 時計は正確です
health-clock-off = 時計のずれ: { $detail }
health-clock-off-advice = システム設定で日付と時刻を自動設定にしてください。そのままでは回答が拒否されることがあります。
health-clock-unknown = 時計が正確かどうかは、サーバーが応答すると分かります
health-presence-works = 本人確認ができます
health-presence-missing = 本人確認ができません
health-presence-missing-advice = 「設定」で PIN を設定すると、Countersign のロックや、アカウントごとの本人確認ができるようになります。
health-presence-unknown = 本人確認ができるかどうかは、このコンピューターのシステムが一度確認するとわかります
health-presence-unknown-advice = 「設定」で「今すぐロック」を選ぶと、システムが初めて確認を求めます。
health-autostart-works = Countersign はシステムと同時に起動します
health-autostart-notChosen = Countersign はシステムと同時に起動しません
health-autostart-notChosen-advice = 問題ではありません。「設定」でオンにできます。
health-autostart-unknown = Countersign がシステムと同時に起動するかどうかは不明です
health-autostart-unknown-advice = システムの自動起動プログラムの一覧で確認してください。
health-capture-works = ウィンドウをスクリーンショットから除けます
health-capture-missing = ウィンドウをスクリーンショットから除けません
health-capture-missing-advice = Linux のデスクトップにはその手段がありません。画面を共有する前に Countersign をロックしてください。

## History

history-title = 履歴
history-intro = 求められた内容と、その結果です。
history-empty-title = まだ何もありません
history-empty-hint = 回答したリクエストと期限切れのリクエストがここに残ります。
history-approved-here = このコンピューターで承認
history-approved-elsewhere = 別のデバイスで承認
history-denied-here = このコンピューターで拒否
history-denied-elsewhere = 別のデバイスで拒否
history-expired = 期限切れ
history-wrong-numbers =
    { $count ->
       *[other] 番号を { $count } 回間違えたため拒否
    }
history-number-server = 番号はサーバーが照合
history-number-app = 番号はこのアプリが照合
history-silent = このコンピューターで始められたため、確認なしで承認
history-started-here = このコンピューターで開始
history-verified = 本人確認
history-verified-system = このコンピューターのシステム
history-verified-pin = PIN
history-verified-nobody = なし
history-search = 履歴を検索
history-account = アカウント
history-account-all = すべてのアカウント
history-found =
    { $count ->
       *[other] { $count } 件
    }
history-none-found = 履歴に該当するものはありません。
history-missing = そのリクエストはこのコンピューターの履歴にありません。
history-outcome = 結果
history-when = 日時
history-when-value = 受付 { $asked }、終了 { $ended }
history-proof = あなたの署名
history-proof-kept = 回答の証拠として、このコンピューターに保存されています
history-proof-none = このコンピューターには保存されていません

## First run

welcome-title = このコンピューターでサインインを承認
welcome-line = サイトからの問い合わせについて、誰が何を求めているかを確かめて、承認または拒否します。回答は、このコンピューターから決して出ない鍵で署名されます。
welcome-step-link = サイトに表示される QR コードか登録リンクを用意します。
welcome-step-confirm = ここにドロップするか貼り付けて、問い合わせ元を確かめます。
welcome-step-answer = 以後、リクエストはこのウィンドウに表示されます。
start-step = ステップ { $step } / { $steps }
start-begin = はじめる
start-next = 続ける
start-later = あとで
start-notifications-title = 承認を求められたら知らせる
start-notifications-line = 通知には、誰が何を求めているかが表示されます。Countersign のロック中は、リクエストが待っていることだけが表示されます。通知がない場合、リクエストは確認するまでここで待ちます。
start-lock-title = 本人であることを示す
start-lock-line = Countersign は、表示内容を隠したり、承認の前に本人であることを確認したりできます。「認証要素」でアカウントごとに選べます。
start-lock-system = 確認はこのコンピューターのシステムが行います。システムで設定したパスワード、指紋、または顔を使います。
start-autostart-title = システムと同時に起動しますか？
start-autostart-line = Countersign がトレイで待機し、先に開かなくてもリクエストが届きます。
start-add-title = 最初のアカウントを追加
start-add-line = 承認に使いたいサイトに、リンクまたはコードが表示されます。必要なのはそれだけです。
start-again = はじめに
start-again-hint = 最初の手順をもう一度表示します。
start-again-open = 表示
practice = 練習用リクエスト
practice-hint = 架空のリクエストに回答します。何も署名されず、何も送信されません。
practice-open = 先に練習する
practice-show = 練習する
practice-title = これは練習です
practice-line = 誰も求めていません。何も署名、送信、保存されません。受信ボックスにあるものは、どんな名前でも、常に本物です。
practice-requester = 見本ストア
practice-message = お客様アカウントにサインインしますか？
practice-place = 場所
practice-place-value = 知っている町、または知らない町
practice-device = デバイス
practice-device-value = このコンピューターのブラウザー
practice-step-who = 誰が求めているかと、名前の下のアドレスを確かめます。
practice-step-what = 相手の言葉で、何を求められているかを読みます。
practice-step-answer = ご自身で始めたものだけを承認します。ここでは自由に選べます。
practice-approved = 承認しました（練習）
practice-approved-line = 本物のリクエストなら、回答はこのコンピューターの鍵で署名され、送信されます。取り消すことはできません。
practice-denied = 拒否しました（練習）
practice-denied-line = 本物のリクエストなら、何も承認されず、ご自身で始めたものかどうかを尋ねられます。
practice-reported = 拒否して報告しました（練習）
practice-reported-line = 本物のリクエストなら、ご自身ではないことがサイトに伝えられ、その通知は 20 分間ミュートされます。
practice-expired = 期限切れになりました（練習）
practice-expired-line = 時間内に回答がありませんでした。本物のリクエストなら、何も承認されません。
practice-again = もう一度
practice-end = 練習を終える

## Keychain trouble and other full pages

keychain-locked-title = キーチェーンがロックされています
keychain-locked-line = Countersign の署名鍵はキーチェーンにあるため、ロックが解除されるまでリクエストに回答できません。何も承認されておらず、何も失われていません。
keychain-locked-step-one = 「キーチェーンのロックを解除」を選びます。パスワードを尋ねられることがあります。
keychain-locked-step-two = 何も尋ねられない場合は、パスワードやキーチェーンのアプリでロックを解除するか、コンピューターにサインインし直してください。
keychain-missing-title = キーチェーンが見つかりません
keychain-missing-line = Countersign は署名鍵を、保護されていないファイルではなく、必ずシステムのキーチェーンに保管します。キーチェーンがないと先へ進めません。何も承認されておらず、何も失われていません。
keychain-missing-step-one = GNOME Keyring や KWallet などのキーリングサービスをインストールして、デスクトップにサインインし直してください。
keychain-missing-step-two = このコンピューターでキーリングを使えない場合は、代わりにパスフレーズを使ってください。鍵は、パスフレーズでしか開けないファイルに保管されます。
keychain-unlock = キーチェーンのロックを解除
vault-instead = 代わりにパスフレーズを使う
vault-title = 代わりにパスフレーズを使いますか？
vault-line = 新しい鍵は、このコンピューター上の、パスフレーズでしか開けないファイルに保管されます。Countersign は起動のたびにパスフレーズを尋ね、保存はしません。
vault-keys-stay = システムのキーチェーンにある鍵は、そのまま残ります。それらのアカウントへのリクエストは、キーチェーンを開けるようになると再び届きます。
vault-confirm = このパスフレーズを使う
passphrase = パスフレーズ
passphrase-hint = 8 文字以上。複数の単語をおすすめします。忘れると元に戻せません。
passphrase-again = パスフレーズ（もう一度）
passphrase-title = パスフレーズを入力してください
passphrase-line = このコンピューターの署名鍵は、パスフレーズでしか開けないファイルにあります。開くまでリクエストは届きません。何も承認されておらず、何も失われていません。
passphrase-open = 開く
system-keychain = システムのキーチェーンに戻す
system-keychain-title = システムのキーチェーンに戻しますか？
system-keychain-line = 鍵がシステムのキーチェーンにあるアカウントはすぐに使えるようになり、新しい鍵もそこに作られます。
system-keychain-closed = 鍵が、パスフレーズで開くファイルにあるアカウントは、パスフレーズを入力するまで閉じたままです。ファイルはそのまま残ります。
system-keychain-confirm = キーチェーンを使う
trouble-title = Countersign を正常に起動できませんでした
trouble-state = 状態: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] 受信ボックスを開く
       *[other] 受信ボックスを開く（{ $count }）
    }
tray-more =
    { $count ->
       *[other] ほか { $count } 件のリクエスト
    }
no-tray = このデスクトップにはトレイがありません
no-tray-what = ウィンドウを閉じると Countersign は終了し、リクエストは通知されなくなります。
tray-check-now = 今すぐ確認
tray-mute = 通知をミュート
tray-mute-minutes = 20 分間
tray-mute-hour = 1 時間
tray-mute-tomorrow = 明日まで
tray-unmute = ミュート解除
tray-lock = ロック
tray-quit = 終了
notify-asks = { $requester } が承認を求めています
notify-question = { $requester } からの確認: { $question }
notify-locked = リクエストが回答を待っています
notify-locked-body = Countersign のロックを解除すると表示されます。
notify-burst = { $requester } からリクエストが続いています
notify-burst-locked = リクエストが続いています
notify-burst-body = 以後は通知せず、Countersign の中にだけ表示されます。ご自身でない場合は、そこで報告してください。
notify-approved = 承認済み · { $requester }
notify-denied = 拒否済み · { $requester }
notify-denied-body = ご自身で始めたものでない場合は、Countersign で報告してください。
notify-failed = { $requester }: 回答は確認されていません
notify-failed-locked = 回答は確認されていません
notify-trial = これはテストです
notify-trial-body = 誰も何も求めていません。リクエストはこのように届きます。
notify-see = Countersign を開いて内容を確認してください。
notify-open = 開く
notify-review = 内容を確認
