# Arabic. People are addressed in the formal masculine singular, as software does. Digits are those of the keyboard.
# approve = الموافقة, deny = الرفض, request = طلب, account = حساب, factor = عامل, key = مفتاح,
# keychain = سلسلة المفاتيح, site = الموقع, enrolment link = رابط التسجيل, vault = الخزنة.

## Names and places

app-name = Countersign
place-inbox = الوارد
place-inbox-count =
    { $count ->
        [zero] الوارد، لا طلبات بانتظار الرد
        [one] الوارد، طلب واحد بانتظار الرد
        [two] الوارد، طلبان بانتظار الرد
        [few] الوارد، { $count } طلبات بانتظار الرد
        [many] الوارد، { $count } طلبًا بانتظار الرد
       *[other] الوارد، { $count } طلب بانتظار الرد
    }
place-factors = العوامل
place-settings = الإعدادات
place-history = السجل
nav-label = الأقسام
add-account = إضافة حساب
cancel = إلغاء
dismiss = إخفاء
check-now = التحقق الآن
checking = جارٍ التحقق…
try-again = إعادة المحاولة
loading = جارٍ فتح Countersign…
back = رجوع
kept = تم الحفظ

## Connection, in the header

status-online = آخر تحقق: { $time }
status-never = لم يتم التحقق بعد
status-offline = غير متصل
status-paused = لا يتحقق تلقائيًا

## Time

time-left = بقي { $time }
time-left-hurry =
    { $seconds ->
        [zero] لم يبقَ وقت
        [one] بقيت ثانية واحدة فقط
        [two] بقيت ثانيتان فقط
        [few] بقيت { $seconds } ثوانٍ فقط
        [many] بقيت { $seconds } ثانية فقط
       *[other] بقيت { $seconds } ثانية فقط
    }
day-today = اليوم
day-yesterday = أمس
duration-seconds =
    { $count ->
        [zero] أقل من ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
duration-minutes =
    { $count ->
        [zero] أقل من دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
duration-hours =
    { $count ->
        [zero] أقل من ساعة
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
duration-days =
    { $count ->
        [zero] أقل من يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }

## Said to screen readers

announce-arrival = طلب جديد من { $requester }. بقي { $time }.
announce-left = طلب من { $requester }: بقي { $time }.
announce-expired = انتهت صلاحية الطلب من { $requester }. لم تتم الموافقة على أي شيء.

## Inbox

inbox-list = الطلبات
inbox-empty-title = لا توجد طلبات
inbox-empty-checked = آخر تحقق: { $time }
inbox-empty-never = لم يتم التحقق بعد
inbox-empty-hint = عندما يطلب موقع موافقتك، يظهر الطلب هنا.
inbox-accounts = بانتظار طلبات من
inbox-back = العودة إلى صندوق الوارد

burst-count = { $count } متشابهة خلال لحظات
burst-unfold = عرض كل طلب
burst-fold = عرض طلب واحد
burst-unfold-of = عرض كل الطلبات من { $requester } وعددها { $count }
burst-fold-of = عرض طلب واحد بدل كل الطلبات من { $requester } وعددها { $count }
burst-title = وصلت خلال لحظات طلبات بالكلمات نفسها، عددها { $count }
burst-advice = ربما يأمل شخص ما أن توافق على أحدها لمجرد أن ترتاح من تكرارها. إذا لم تبدأها بنفسك، فاختر «لست أنا».

## Banners

banner-offline = غير متصل منذ { $time }
banner-offline-age = عمر ما تراه: { $age }. لا يمكن الموافقة على أي شيء أو رفضه حتى يعود الاتصال.
banner-offline-unknown = لا يمكن الموافقة على أي شيء أو رفضه حتى يعود الاتصال.
banner-keychain = لا يمكن الوصول إلى سلسلة مفاتيح النظام
banner-keychain-line = لا تصل طلبات الحسابات التي يوجد مفتاحها فيها حتى يمكن فتحها من جديد. لم يُفقد منها أي شيء.
banner-vault = بعض الحسابات مغلقة
banner-vault-line = مفاتيحها في الملف الذي تفتحه عبارة مرورك. تصلك طلباتها من جديد بعد أن تكتبها.
banner-vault-gone = الملف الذي فيه مفاتيحها غير موجود. أعده إلى مكانه، أو أزل الحسابات وأضفها من جديد من مواقعها.
banner-clock =
    { $direction ->
        [slow] ساعة هذا الحاسوب متأخرة عن ساعة { $host }. الفرق: { $difference }
       *[fast] ساعة هذا الحاسوب متقدمة على ساعة { $host }. الفرق: { $difference }
    }
banner-clock-advice = يتبع الوقت المتبقي ساعة الخادم، لذا يمكنك المتابعة. إذا كانت ساعة هذا الحاسوب خاطئة، فاضبطها في إعدادات النظام، وإلا فقد تُرفض الردود.
banner-paused = نسخة أخرى من Countersign تتحقق من الطلبات بالفعل
banner-paused-advice = تعرض هذه النافذة ما تجده تلك النسخة. لا يزال «التحقق الآن» يعمل.
mute-bar = الإشعارات مكتومة حتى { $time }
mute-bar-factor = الإشعارات من { $requester } مكتومة حتى { $time }
mute-bar-reported = الإشعارات من { $requester } مكتومة حتى { $time }، لأنك قلت إن أحد الطلبات ليس لك
mute-bar-line = لا تزال الطلبات تظهر هنا.
unmute = إلغاء الكتم

## A request

request-asks = يطلب موافقتك
request-from-label = طلب من { $requester }
request-quote = رسالة من { $requester }
request-no-message = لم يرسل { $requester } أي رسالة مع هذا الطلب.
request-account = الحساب
request-identity = الهوية
request-asked = وقت الطلب
request-asked-value = { $asked }، ينتهي: { $expires }
request-date = التاريخ
request-details = تفاصيل من { $requester }
request-twins =
    { $count ->
        [zero] لم يُطلب ذلك مرة أخرى للإجراء نفسه.
        [one] طُلب ذلك مرة أخرى للإجراء نفسه؛ رد واحد يسري على الطلبين.
        [two] طُلب ذلك مرتين أخريين للإجراء نفسه؛ رد واحد يسري على جميع الطلبات.
        [few] طُلب ذلك { $count } مرات أخرى للإجراء نفسه؛ رد واحد يسري على جميع الطلبات.
        [many] طُلب ذلك { $count } مرة أخرى للإجراء نفسه؛ رد واحد يسري على جميع الطلبات.
       *[other] طُلب ذلك { $count } مرة أخرى للإجراء نفسه؛ رد واحد يسري على جميع الطلبات.
    }
request-unsigned-title = توقيعك لا يشمل هذه التفاصيل
request-unsigned = استبعدها { $host } مما يتم توقيعه، وقد يُزعم لاحقًا أنك وافقت على شيء آخر. لا توافق إلا إذا كنت تثق في { $host } من هذه الناحية.
request-field-unsigned = لا يشمله توقيعك
request-hidden-characters = يحتوي على أحرف غير مرئية، تظهر هكذا: �
request-changed-title = تغيّر هذا الطلب بعد عرضه عليك
request-changed = لم يتم توقيع أي شيء. اقرأه مرة أخرى أدناه قبل أن ترد.
request-field-changed = تغيّر
request-show-all = عرض الكل
request-show-less = عرض أقل
request-show-all-of = عرض الكل: { $label }
request-show-less-of = عرض أقل: { $label }
request-here-title = أشارت صفحة مفتوحة على هذا الحاسوب إلى هذا الطلب
request-here = يستطيع ذلك أي موقع مفتوح هنا. وهو لا يدل على أنك بدأت الطلب.
unusual-recentlyDenied = رفضت قبل قليل طلبًا من { $requester }
unusual-recentlyDenied-advice = إذا كان شخص آخر قد بدأ ذلك الطلب، فقد يكون هذا منه أيضًا. لا توافق إلا على ما بدأته بنفسك الآن.
unusual-burst = وصلت عدة طلبات من { $requester } خلال دقائق قليلة
unusual-burst-advice = ربما يأمل شخص ما أن توافق على أحدها لمجرد أن ترتاح من تكرارها. لا توافق إلا على ما بدأته بنفسك الآن.
unusual-firstApproval = لم توافق هنا من قبل على أي طلب من { $requester }
unusual-firstApproval-advice = انظر إلى العنوان أعلاه، ولا توافق إلا على ما بدأته بنفسك الآن.
unusual-newMessage = لم يسبق أن طلب { $requester } منك هذا
unusual-newMessage-advice = اقرأه بعناية، ولا توافق إلا على ما بدأته بنفسك الآن.
unusual-newDetails = سبق أن طلب { $requester } منك هذا، لكن بتفاصيل أخرى
unusual-newDetails-advice = قارن التفاصيل أدناه بما بدأته بنفسك الآن.
unusual-sure = قرأت هذا، وقد بدأته بنفسي
request-technical = تفاصيل تقنية
request-signed-fields = يشمل التوقيع
request-signed-none = لا شيء من التفاصيل
request-challenge = التحدي
request-factor = العامل
request-service = الخدمة
request-api-account = حساب API
request-digest = بصمة ما يُعرض

## Answering

approve = موافقة
deny = رفض
decision-label = ردك
decision-approving = جارٍ توقيع موافقتك وإرسالها…
decision-confirming = بانتظار التأكد من أنك أنت…
decision-denying = جارٍ توقيع رفضك وإرساله…
decision-reporting = جارٍ الرفض والإبلاغ…
not-me = لست أنا
number-label = اكتب الرقم الظاهر في المكان الذي تسجل الدخول منه
number-digits =
    { $count ->
        [zero] بلا خانات
        [one] خانة واحدة
        [two] خانتان
        [few] { $count } خانات
        [many] { $count } خانة
       *[other] { $count } خانة
    }
number-digits-unknown = من 2 إلى 8 خانات
number-checked-server = يتحقق منه الخادم
number-checked-app = يتحقق منه هذا التطبيق
number-tries =
    { $count ->
        [zero] لا محاولات متبقية
        [one] بقيت محاولة واحدة
        [two] بقيت محاولتان
        [few] بقيت { $count } محاولات
        [many] بقيت { $count } محاولة
       *[other] بقيت { $count } محاولة
    }
number-none = ألا ترى رقمًا؟ ارفض إذن.
number-typed =
    { $count ->
        [zero] لم تُكتب أي خانة
        [one] كُتبت خانة واحدة
        [two] كُتبت خانتان
        [few] كُتبت { $count } خانات
        [many] كُتبت { $count } خانة
       *[other] كُتبت { $count } خانة
    }
report-again = إعادة محاولة الإبلاغ
report-question = هل بدأت ذلك بنفسك؟
report-mine = نعم، إلغاء الطلب
report-note = هل هناك ما ينبغي أن يعرفه { $requester }؟ (اختياري)
report-note-over =
    { $count ->
        [zero] لا أحرف زائدة
        [one] حرف واحد زائد
        [two] حرفان زائدان
        [few] { $count } أحرف زائدة
        [many] { $count } حرفًا زائدًا
       *[other] { $count } حرف زائد
    }
report-note-left =
    { $count ->
        [zero] لم تبقَ أحرف
        [one] بقي حرف واحد
        [two] بقي حرفان
        [few] بقيت { $count } أحرف
        [many] بقي { $count } حرفًا
       *[other] بقي { $count } حرف
    }
decision-blocked-offline = لا يمكن الوصول إلى { $host }، لذا لا يمكن إرسال أي رد. لا يُحتفظ بالردود لوقت لاحق أبدًا.
decision-blocked-opening = لحظة: جارٍ جلب أحدث نسخة من { $host }.
decision-blocked-unread = تعذر جلب أحدث نسخة، لذا لا يمكن الرد بعد.
decision-blocked-revoked = لم يعد { $host } يقبل مفتاح هذا الحاسوب.
decision-blocked-key = لم يعد مفتاح هذا الحساب موجودًا، لذا لا يمكن توقيع أي شيء به.
open-factors = فتح العوامل

## How a request ended

ended-approved = تمت الموافقة
ended-approved-line = تمت الموافقة · { $time } · بتوقيع مفتاح هذا الحاسوب
ended-approved-detail = وصل ردك الموقَّع إلى { $requester }.
ended-denied = تم الرفض
ended-denied-line = تم الرفض.
ended-denied-detail = أُبلغ { $requester } بذلك في { $time }. لم تتم الموافقة على أي شيء.
ended-wrongNumbers = تم الرفض
ended-wrongNumbers-line = تم الرفض بعد ثلاثة أرقام خاطئة.
ended-wrongNumbers-detail = لم تتم الموافقة على أي شيء. إذا كنت لا تزال تريد ذلك، فاطلب من { $requester } إرساله مرة أخرى.
ended-reported-server = تم الإبلاغ
ended-reported-server-line = تم الرفض وإبلاغ { $requester }.
ended-reported-server-detail = أُبلغ { $requester } في { $time } أنك لست من بدأ ذلك. إشعاراته مكتومة لمدة 20 دقيقة؛ ولا تزال الطلبات تظهر هنا. ربما يعرف شخص ما كلمة مرورك: غيّرها هناك.
ended-reported-address = تم الرفض
ended-reported-address-line = تم الرفض. لم يُبلَّغ أحد بالسبب بعد.
ended-reported-address-detail = لا يستقبل { $requester } البلاغات من هنا، لكنه يحدد هذا العنوان لها. افتحه في متصفحك وغيّر كلمة مرورك لدى { $requester }.
ended-reported-nobody = تم الرفض
ended-reported-nobody-line = تم الرفض. لم يُبلَّغ أحد بالسبب.
ended-reported-nobody-detail = لا يستقبل { $requester } البلاغات من هنا. أبلغه بنفسك وغيّر كلمة مرورك هناك: ربما يعرفها شخص ما.
ended-reported-failed = تم الرفض
ended-reported-failed-line = تم الرفض، لكن البلاغ لم يصل.
ended-reported-failed-detail = لم تتم الموافقة على أي شيء. لا يعلم { $requester } بعد أنك لست من بدأ ذلك.
ended-expired = انتهت الصلاحية
ended-expired-line = انتهت الصلاحية في { $time }. لم تتم الموافقة على أي شيء.
ended-expired-detail = إذا كنت لا تزال تريد ذلك، فاطلب من { $requester } إرساله مرة أخرى.
ended-unconfirmed = غير مؤكد
ended-unconfirmed-line = انتهت الصلاحية في { $time }. لا يُعرف ما إذا كان ردك قد وصل.
ended-unconfirmed-detail = أُرسل الرد، ولم يؤكده الخادم. راجع السجل عندما يمكن الوصول إلى الخادم، أو اسأل { $requester }.
ended-elsewhere-approved = تم الرد في مكان آخر
ended-elsewhere-approved-line = تمت الموافقة من جهاز آخر.
ended-elsewhere-approved-detail = لم يُرسل الرد من هذا الحاسوب. إذا لم تكن أنت، فأبلغ { $requester } الآن.
ended-elsewhere-denied = تم الرد في مكان آخر
ended-elsewhere-denied-line = تم الرفض من جهاز آخر.
ended-elsewhere-denied-detail = لم يُرسل الرد من هذا الحاسوب. لم تتم الموافقة على أي شيء.
ended-elsewhere-unknown = تم الرد في مكان آخر
ended-elsewhere-unknown-line = سبق الرد على هذا الطلب من جهاز آخر.
ended-elsewhere-unknown-detail = لم يُرسل أي شيء من هذا الحاسوب. تجد الرد في السجل.
ended-withdrawn = تم السحب
ended-withdrawn-line = سحب { $requester } هذا الطلب.
ended-withdrawn-detail = لم تتم الموافقة على أي شيء.

## Errors: what happened, whether anything was approved, what to do

error-code = الرمز: { $code }
error-during-link = لم يُضَف أي شيء ولم يُرسل أي شيء.
error-during-enrol = لم تتم إضافة الحساب.
error-during-remove = لم تتم إزالة الحساب.
error-during-change = لم يتغير أي شيء.
error-linkInvalid = هذا ليس رابط تسجيل
error-linkInvalid-advice = انسخ الرابط كاملًا من الموقع، من countersign:// حتى نهايته، والصقه مرة أخرى.
error-linkOneTimeCode = هذا رمز لكلمات المرور لمرة واحدة
error-linkOneTimeCode-advice = لا يستخدمها Countersign. استخدم تطبيقًا للرموز لمرة واحدة، أو اطلب من الموقع الموافقة عبر الإشعارات.
error-linkOtherKind = هذا الرابط لنوع آخر من الأجهزة
error-linkOtherKind-advice = اطلب من الموقع تسجيلًا تكون الموافقة فيه عبر الإشعارات.
error-linkTooNew = هذا الرابط أحدث من نسخة Countersign هذه
error-linkTooNew-advice = حدّث Countersign، ثم افتح الرابط مرة أخرى.
error-linkInsecure = العنوان في هذا الرابط غير آمن
error-linkInsecure-advice = لا تستخدمه. اطلب من الموقع رابطًا يبدأ خادمه بـ https.
error-codeMissing = لم يُعثر على رمز QR في الصورة
error-codeMissing-advice = اجعل الرمز أكبر أو أوضح، مع بعض الفراغ حوله، وحاول مرة أخرى. يمكنك أيضًا نسخ الرابط الموجود أسفله.
error-codeOther = رمز QR هذا ليس للتسجيل
error-codeOther-advice = يحتوي على شيء آخر لم يُفتح. ابحث عن الرمز الذي يسميه الموقع تسجيلًا أو إعدادًا.
error-pictureTooLarge = هذه الصورة كبيرة جدًا
error-pictureTooLarge-advice = اقتطع الجزء الذي يحتوي على الرمز، ثم حاول مرة أخرى. يُقرأ ما لا يزيد على 20 ميغابايت و50 مليون نقطة.
error-pictureUnknown = لا يقرأ Countersign هذه الصورة
error-pictureUnknown-advice = استخدم PNG أو JPEG أو WebP أو GIF أو BMP، أو حدد جزءًا من الشاشة.
error-pictureDamaged = هذه الصورة تالفة
error-pictureDamaged-advice = احفظها أو انسخها مرة أخرى، أو حدد جزءًا من الشاشة.
error-clipboardEmpty = لا توجد صورة ولا رابط للصقه
error-clipboardEmpty-advice = انسخ رمز QR أو الرابط أولًا، ثم الصقه هنا.
error-screenUnavailable = لا يسمح سطح المكتب هذا لتطبيق Countersign برؤية الشاشة
error-screenUnavailable-advice = التقط صورة للرمز بنفسك وأفلتها هنا، أو انسخ الرابط. في macOS، اسمح بتسجيل الشاشة في إعدادات الخصوصية.
error-linkUsedOrExpired = سبق استخدام هذا الرابط أو انتهت صلاحيته
error-linkUsedOrExpired-advice = احصل على رابط جديد من الموقع. إذا لم تستخدم الرابط القديم بنفسك، فأبلغ الموقع بأن شخصًا آخر استخدمه.
error-notFound = لم يعد هذا الطلب موجودًا
error-notFound-what = لم تتم الموافقة على أي شيء.
error-notFound-advice = إذا كنت لا تزال تريد ذلك، فاطلب من الموقع إرساله مرة أخرى.
error-notFound-remove = لم يعد هذا الحساب موجودًا على هذا الحاسوب
error-notFound-remove-what = لم يكن هناك ما يُزال.
error-notFound-remove-advice = لا يلزم فعل أي شيء آخر.
error-expired = انتهت صلاحية هذا الطلب
error-expired-what = لم تتم الموافقة على أي شيء.
error-expired-advice = إذا كنت لا تزال تريد ذلك، فاطلب من الموقع إرساله مرة أخرى.
error-alreadyAnswered = سبق الرد على هذا الطلب
error-alreadyAnswered-what = لم يُرسل أي شيء من هذا الحاسوب.
error-alreadyAnswered-advice = تجد الرد في السجل.
error-changedSinceShown = تغيّر هذا الطلب بعد عرضه عليك
error-changedSinceShown-what = لم يتم توقيع أي شيء.
error-changedSinceShown-advice = اقرأه مرة أخرى قبل أن ترد.
error-numberNeeded = تتطلب الموافقة على هذا الطلب رقمًا
error-numberNeeded-what = لم تتم الموافقة على أي شيء.
error-numberNeeded-advice = اكتب الرقم الظاهر في المكان الذي بدأت منه الطلب.
error-wrongNumber = هذا ليس الرقم الصحيح
error-wrongNumber-what =
    { $count ->
        [zero] لم تتم الموافقة على أي شيء. لم تبقَ محاولات.
        [one] لم تتم الموافقة على أي شيء. بقيت محاولة واحدة؛ بعدها يُرفض الطلب.
        [two] لم تتم الموافقة على أي شيء. بقيت محاولتان.
        [few] لم تتم الموافقة على أي شيء. بقيت { $count } محاولات.
        [many] لم تتم الموافقة على أي شيء. بقيت { $count } محاولة.
       *[other] لم تتم الموافقة على أي شيء. بقيت { $count } محاولة.
    }
error-wrongNumber-advice = انظر إليه مرة أخرى في المكان الذي بدأت منه الطلب.
error-wrongNumberDenied = لم يكن الرقم صحيحًا ثلاث مرات
error-wrongNumberDenied-what = رُفض الطلب. لم تتم الموافقة على أي شيء.
error-wrongNumberDenied-advice = إذا كنت لا تزال تريد ذلك، فاطلب من الموقع إرساله مرة أخرى.
error-numberLocked = أرقام خاطئة كثيرة
error-numberLocked-what = لم تتم الموافقة على أي شيء. لا يقبل الخادم مزيدًا من الأرقام من هذا الحاسوب في الوقت الحالي.
error-numberLocked-advice = حاول مرة أخرى غدًا، أو سجّل الدخول بطريقة أخرى. لا يزال بإمكانك الرفض.
error-presenceRefused = لم يتأكد أنك أنت
error-presenceRefused-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-presenceRefused-advice = حاول مرة أخرى، وأجب عندما يسألك النظام.
error-presenceUnavailable = لا يستطيع هذا الحاسوب التأكد من أنك أنت
error-presenceUnavailable-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-presenceUnavailable-advice = عيّن رمز PIN في الإعدادات. إذا كان أحد الحسابات يطلب التأكيد بالفعل، فأزله من «العوامل» وأضفه مرة أخرى من الموقع.
error-presenceUnavailable-unlock-advice = أعد تشغيل ما كان يتأكد من أنك أنت: Windows Hello أو Touch ID أو وكيل polkit على Linux. إذا لم يعد موجودًا، فاكتب «countersign pin set» في طرفية وافتح القفل برمز PIN ذاك؛ وإذا وجبت إزالة حساب لأجل ذلك، فستجد ذلك مكتوبًا هناك.
error-pinNeeded = يتطلب هذا رمز PIN الخاص بك
error-pinNeeded-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-pinNeeded-advice = اكتب رمز PIN الخاص بتطبيق Countersign.
error-pinWrong =
    { $seconds ->
        [0] هذا ليس رمز PIN الصحيح
       *[other] لا يُقبل أي رمز PIN الآن
    }
error-pinWrong-what =
    { $seconds ->
        [0] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. { $count ->
            [zero] لم تبقَ محاولات.
            [one] بقيت محاولة واحدة.
            [two] بقيت محاولتان.
            [few] بقيت { $count } محاولات.
            [many] بقيت { $count } محاولة.
           *[other] بقيت { $count } محاولة.
        }
        [zero] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، الآن.
        [one] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، لمدة ثانية واحدة.
        [two] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، لمدة ثانيتين.
        [few] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، لمدة { $seconds } ثوانٍ.
        [many] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، لمدة { $seconds } ثانية.
       *[other] لم تتم الموافقة على أي شيء ولم يتغير أي شيء. بعد محاولات خاطئة كثيرة، لا يُفحص أي رمز PIN، ولا حتى الصحيح، لمدة { $seconds } ثانية.
    }
error-pinWrong-advice = إذا نسيته، فأزل حساباتك، في الطرفية بالأمر countersign remove، وأضفها مرة أخرى من مواقعها.
error-pinLength = يتكون رمز PIN من 6 إلى 128 حرفًا
error-pinLength-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-pinLength-advice = اختر رمزًا آخر.
error-pinStillNeeded = لا تزال هناك حاجة إلى رمز PIN
error-pinStillNeeded-what = لم تتم الموافقة على أي شيء، ولم تتم إزالة رمز PIN.
error-pinStillNeeded-advice = يطلب أحد الحسابات التأكيد، وليس لدى هذا الحاسوب وسيلة أخرى لذلك. أوقف ذلك أولًا.
error-offline = لا يمكن الوصول إلى الخادم
error-offline-what = لم يُرسل أي شيء.
error-offline-approve-what = لم تتأكد موافقتك، ولن يُحتفظ بها لوقت لاحق.
error-offline-deny-what = لم يتأكد رفضك.
error-offline-report-what = لم يتأكد رفضك، ولم يتم الإبلاغ عن أي شيء.
error-offline-advice = تحقق من الاتصال، ثم حاول مرة أخرى.
error-unconfirmed = لا يُعرف ما إذا كان ردك قد وصل
error-unconfirmed-what = أُرسل الرد، ولم يؤكده الخادم.
error-unconfirmed-report-what = أُرسل رفضك، ولم يؤكده الخادم. لم يتم الإبلاغ عن أي شيء.
error-unconfirmed-advice = انظر بعد قليل، هنا أو في السجل، ما الذي آل إليه. وما لا يزال ينتظر يمكن الرد عليه مرة أخرى.
error-clock = لم يقبل الخادم ساعة هذا الحاسوب
error-clock-what = لم تتم الموافقة على أي شيء.
error-clock-advice = اضبط التاريخ والوقت على الوضع التلقائي في إعدادات النظام، ثم حاول مرة أخرى.
error-keychainMissing = لا توجد على هذا الحاسوب سلسلة مفاتيح لحفظ المفاتيح فيها
error-keychainMissing-what = لم تتم الموافقة على أي شيء ولم يُنشأ أي مفتاح.
error-keychainMissing-advice = ثبّت خدمة سلسلة مفاتيح مثل GNOME Keyring أو KWallet وشغّلها، ثم حاول مرة أخرى.
error-keychainLocked = سلسلة المفاتيح مقفلة
error-keychainLocked-what = لم تتم الموافقة على أي شيء.
error-keychainLocked-advice = افتح قفلها، ثم حاول مرة أخرى.
error-keychainRefused = لم تسمح سلسلة المفاتيح باستخدام المفتاح
error-keychainRefused-what = لم تتم الموافقة على أي شيء.
error-keychainRefused-advice = اسمح لتطبيق Countersign عندما يسألك النظام، ثم حاول مرة أخرى.
error-keyLost = لم يعد مفتاح هذا الحساب موجودًا على هذا الحاسوب
error-keyLost-what = لم تتم الموافقة على أي شيء، ولا يمكن استعادة هذا المفتاح.
error-keyLost-advice = أزل الحساب من «العوامل»، ثم أضفه مرة أخرى من الموقع.
error-refused = رفض الخادم ذلك
error-refused-what = لم تتم الموافقة على أي شيء.
error-refused-advice = حاول مرة أخرى. إذا استمر ذلك، فأبلغ الموقع واذكر الرمز أدناه.
error-factorRevoked = لم يعد الموقع يقبل مفتاح هذا الحاسوب
error-factorRevoked-what = لم تتم الموافقة على أي شيء.
error-factorRevoked-advice = أزل الحساب من «العوامل». إذا كنت لا تزال تحتاج إليه، فأضفه مرة أخرى من الموقع.
error-locked = Countersign مقفل
error-locked-what = لم تتم الموافقة على أي شيء.
error-locked-advice = افتح قفله، ثم حاول مرة أخرى.
error-lockUnavailable = لا يستطيع هذا الحاسوب معرفة من يستخدمه
error-lockUnavailable-what = لم يُقفل أي شيء ولم يُفتح قفل أي شيء، ولم تتم الموافقة على أي شيء.
error-lockUnavailable-advice = عيّن رمز PIN في الإعدادات، ثم حاول مرة أخرى.
error-choiceInvalid = لا يمكن استخدام هذه القيمة
error-choiceInvalid-what = لم يتغير أي شيء ولم تتم الموافقة على أي شيء.
error-choiceInvalid-advice = اختر قيمة أخرى.
error-autostartRefused = لم يقبل النظام ذلك
error-autostartRefused-what = يبدأ Countersign كما كان من قبل. لم تتم الموافقة على أي شيء.
error-autostartRefused-advice = أضف Countersign إلى قائمة البرامج التي تبدأ تلقائيًا في النظام أو أزله منها.
error-storage = لا يستطيع Countersign قراءة بياناته أو كتابتها
error-storage-what = لم تتم الموافقة على أي شيء.
error-storage-advice = تأكد من أن القرص ليس ممتلئًا ومن أن الملفات تخصك، ثم حاول مرة أخرى.
error-storageTooNew = كتبت هذه البيانات نسخة أحدث من Countersign
error-storageTooNew-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-storageTooNew-advice = حدّث Countersign؛ لا تستطيع نسخة أقدم قراءتها.
error-storageDamaged = بيانات Countersign تالفة
error-storageDamaged-what = لم تتم الموافقة على أي شيء.
error-storageDamaged-advice = استعد الملف الشخصي من نسخة، أو أزله وأضف حساباتك مرة أخرى.
error-storageOutdated = تعمل نسخة Countersign هذه بقاعدة بيانات قديمة جدًا
error-storageOutdated-what = لم تتم الموافقة على أي شيء.
error-storageOutdated-advice = أعد تثبيت Countersign من حزمته الأصلية.
error-keyUnclear = لا يمكن تمييز مفتاح هذا الحساب عن غيره
error-keyUnclear-what = لم تتم الموافقة على أي شيء. تحتوي سلسلة المفاتيح على أكثر من إدخال له، أو على إدخال تالف.
error-keyUnclear-advice = أزل الحساب من «العوامل»، ثم أضفه مرة أخرى من الموقع.
error-vaultLocked = عبارة مرور الخزنة مفقودة أو خاطئة
error-vaultLocked-what = لم تتم الموافقة على أي شيء.
error-vaultLocked-advice = ضع عبارة المرور الصحيحة في الملف الذي يحدده COUNTERSIGN_VAULT_PASSPHRASE_FILE، ثم حاول مرة أخرى.
error-passphraseNeeded = يحتاج Countersign إلى عبارة مرورك
error-passphraseNeeded-what = لم تتم الموافقة على أي شيء.
error-passphraseNeeded-advice = اكتبها في نافذة Countersign.
error-passphraseWrong = هذه ليست عبارة المرور
error-passphraseWrong-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-passphraseWrong-advice = اكتبها مرة أخرى بالأحرف والمسافات نفسها. من دونها لا يمكن استخدام المفاتيح الموجودة في ملفها.
error-passphraseShort = تتكون عبارة المرور من 8 أحرف على الأقل
error-passphraseShort-what = لم تتم الموافقة على أي شيء ولم يتغير أي شيء.
error-passphraseShort-advice = اختر عبارة أطول، ويفضَّل عدة كلمات.
error-vaultMissing = ملف الخزنة غير موجود
error-vaultMissing-what = لم تتم الموافقة على أي شيء.
error-vaultMissing-advice = أعد الملف إلى مكانه، ثم حاول مرة أخرى. إذا فُقد الملف فقد فُقدت مفاتيحه أيضًا: ارجع إلى سلسلة مفاتيح النظام، وأزل حسابات تلك المفاتيح، ثم أضفها من جديد من مواقعها.
error-vaultUnusable = لا يمكن استخدام ملف الخزنة
error-vaultUnusable-what = لم تتم الموافقة على أي شيء.
error-vaultUnusable-advice = تأكد من أن الملف يخصك وحدك وأن قراءته وكتابته ممكنتان، ثم حاول مرة أخرى.
error-vaultDamaged = ملف الخزنة تالف
error-vaultDamaged-what = لم تتم الموافقة على أي شيء.
error-vaultDamaged-advice = استعد الملف من نسخة، أو أزله وأضف حساباتك مرة أخرى.
error-vaultFull = الخزنة ممتلئة
error-vaultFull-what = لم تتم الموافقة على أي شيء ولم يُنشأ أي مفتاح.
error-vaultFull-advice = أزل حسابًا لم تعد تحتاج إليه، ثم حاول مرة أخرى.
error-internal = حدث خطأ داخل Countersign
error-internal-what = لم يتأكد أن أي شيء تمت الموافقة عليه.
error-internal-advice = حاول مرة أخرى. إذا استمر ذلك، فأعد تشغيل Countersign.

## Add account

add-title = إضافة حساب
add-intro = يعرض الموقع الذي تريد الموافقة على طلباته رمز QR أو رابط تسجيل. أحضر أيًّا منهما إلى هنا.
add-code = من رمز QR
add-code-hint = أفلت صورة في أي مكان من هذه الصفحة، أو الصقها. تُقرأ على هذا الحاسوب ولا يُحتفظ بها.
add-screen = تحديد جزء من الشاشة
add-file = اختيار صورة
add-paste = لصق صورة أو رابط
add-camera = استخدام الكاميرا
add-camera-none = لا توجد كاميرا في هذا الحاسوب
add-drop-here = أفلت الصورة هنا
add-link = رابط التسجيل
add-link-hint = يبدأ بـ countersign:// ويعمل مرة واحدة، لبضع دقائق.
add-continue = متابعة
add-reading = جارٍ القراءة…
choose-title = أي حساب؟
choose-intro = عدد رموز التسجيل التي عُثر عليها: { $count }. يبيّن العنوان إلى أين يقود كل منها.
camera-title = اعرض رمز QR على الكاميرا
camera-intro = أمسكه بحيث يملأ نحو نصف الصورة. ما تراه الكاميرا يبقى على هذا الحاسوب ولا يُحتفظ به.
camera-opening = جارٍ فتح الكاميرا…
camera-looking = جارٍ البحث عن رمز…
camera-none = لا يمكن استخدام أي كاميرا هنا. حدد جزءًا من الشاشة أو اختر صورة بدلًا من ذلك.
camera-refused = لا يسمح النظام لتطبيق Countersign باستخدام الكاميرا. اسمح بذلك في إعدادات الخصوصية في النظام، أو اختر طريقة أخرى.
camera-other-way = اختيار طريقة أخرى
confirm-title = هل تريد إضافة هذا الحساب؟
confirm-host = هذا الرابط تابع لـ
confirm-host-unicode = يبدو مثل { $unicode }
confirm-punycode-title = هذا العنوان مكتوب بأحرف أجنبية
confirm-punycode = قد يكون تقليدًا لعنوان آخر. قارنه حرفًا حرفًا بالموقع الذي تقصده.
confirm-loopback = خادم على هذا الحاسوب. مناسب للتجربة.
confirm-cloud = خدمة سحابية تشترك فيها مواقع كثيرة. وهي لا تثبت أي موقع أنشأ هذا الرابط.
confirm-issuer = الموقع
confirm-account = الحساب
confirm-identity = الهوية
confirm-claimed = بحسب الرابط
confirm-later = تُعرف بعد المتابعة
confirm-created = سيُنشأ
confirm-created-value = مفتاح توقيع جديد، لهذا الحساب فقط
confirm-key = مكان حفظ المفتاح
confirm-key-value = { $location }؛ لا يرسله Countersign إلى أي مكان أبدًا
key-place-keyring = سلسلة مفاتيح سطح المكتب هذا
key-place-macKeychain = سلسلة مفاتيح macOS
key-place-credentialManager = مدير بيانات الاعتماد في Windows
key-place-vault = ملف مشفَّر بعبارة مرورك
key-place-memory = الذاكرة، حتى ينتهي البرنامج
confirm-only = لا تتابع إلا إذا كنت قد بدأت ذلك بنفسك الآن وتثق في { $host }.
confirm-only-cloud = لا تتابع إلا إذا كنت قد بدأت ذلك بنفسك، في موقع تثق فيه.
confirm-add = إضافة الحساب
confirm-adding = جارٍ إنشاء المفتاح وإبلاغ { $host }…
added-title = تمت إضافة { $name }
added-line = ستظهر طلبات { $host } في صندوق الوارد من الآن فصاعدًا.
added-key = أُنشئ مفتاحه على هذا الحاسوب ويبقى هنا: { $location }.
added-inbox = الانتقال إلى صندوق الوارد
added-another = إضافة حساب آخر

## Factors

factors-title = العوامل
factors-intro = كل عامل هو مفتاح على هذا الحاسوب يقبله موقع واحد بوصفه ردك.
factors-empty-title = لا توجد عوامل بعد
factors-empty-hint = أضف حسابًا لإنشاء العامل الأول.
factor-server = الخادم
factor-identity = الهوية
factor-key = مكان المفتاح
factor-added = تاريخ الإضافة
factor-contact = آخر اتصال
factor-never = لم يحدث بعد
factor-remove = إزالة
factor-remove-name = إزالة { $name }
factor-online = متصل
factor-offline = غير متصل منذ { $time }
factor-skewed = فرق الساعة: { $difference }
factor-signed-out = لم يعد المفتاح مقبولًا
factor-signed-out-advice = أزال الموقع هذا العامل. أزله هنا أيضًا؛ وإذا كنت لا تزال تحتاج إليه، فأضفه مرة أخرى من الموقع.
factor-never-checked = لم يتم التحقق بعد
factor-unverified = غير مكتمل
factor-unverified-advice = انقطعت إضافة هذا الحساب. يكملها Countersign عندما يمكن الوصول إلى الخادم.
remove-title = هل تريد إزالة { $name }؟
remove-line = يُحذف مفتاح { $account } لدى { $host } من هذا الحاسوب، ولا يمكن استعادته.
remove-advice = تأكد من أنك لا تزال تستطيع تسجيل الدخول هناك بطريقة أخرى.
remove-confirm = إزالة وحذف المفتاح
removing = جارٍ الإزالة…
removed = تمت إزالة { $name } وأُبلغ { $host } بذلك.
removed-untold = تمت إزالة { $name } من هذا الحاسوب. تعذر إبلاغ { $host } بعد؛ سيبلغه Countersign عندما يمكن الوصول إليه.

factor-mute = الإشعارات
factor-mute-hint = تظهر الطلبات هنا في كل الأحوال.
policy-title = كيف تتم الموافقة على الطلبات
policy-verification = التأكد من أنك أنت
policy-verification-hint = عبر نظام هذا الحاسوب، أو برمز PIN حيث لا يستطيع النظام أن يسأل. لا يتطلب الرفض ذلك أبدًا.
policy-verification-never = أبدًا
policy-verification-unusual = عند الجديد أو غير المعتاد
policy-verification-always = قبل كل موافقة
policy-answerFromNotification = الموافقة من الإشعارات
policy-answerFromNotification-hint = وإلا فيعرض الإشعار المراجعة والرفض. لا يُتاح ذلك أبدًا أثناء قفل Countersign، ولا عندما يلزم كتابة رقم.
policy-answerFromTray = الموافقة من قائمة شريط النظام
policy-answerFromTray-hint = وإلا فتعرض القائمة المراجعة والرفض.
policy-silentOnThisComputer = الموافقة تلقائيًا على ما بدأ هنا
policy-silentOnThisComputer-hint = عندما تقدم صفحة على هذا الحاسوب ما يثبت أنها بدأت طلبًا من { $requester }.
policy-silent-warning-title = عندئذ لا يُسأل أحد
policy-silent-warning = يستطيع كل من يستخدم هذا الحاسوب، وكل برنامج عليه، وكل موقع مفتوح عليه، أن يجعل طلبات { $requester } تتم الموافقة عليها. لا يشمل ذلك أبدًا طلبًا فيه رقم يُكتب، ولا طلبًا جديدًا أو غير معتاد. ويميزها السجل.

## Settings

settings-intro = تُحفظ التغييرات فورًا.
settings-back = العودة إلى الإعدادات
settings-look = اللغة والمظهر
settings-language = اللغة
settings-language-system = لغة النظام
settings-theme = المظهر
settings-theme-system = مظهر النظام
settings-theme-light = فاتح
settings-theme-dark = داكن
settings-background = الإشعارات والخلفية
settings-notifications = الإشعارات
settings-notifications-hint = إعلامك عندما يطلب موقع موافقتك.
trial = إشعار تجريبي
trial-hint = يبيّن ما إذا كان نظامك يسمح بمرور الإشعارات.
trial-show = عرض إشعار
trial-question = هل رأيته؟
trial-yes = نعم
trial-no = لا
trial-seen = جيد: هكذا ستصلك الطلبات.
trial-unseen = إذن يحجبها نظامك. انظر في إعداداته إن كانت إشعارات Countersign متوقفة، أو إن كان وضع عدم الإزعاج مفعّلًا الآن. وفي كل الأحوال تنتظر الطلبات في هذه النافذة.
trial-refused = لم يقبل سطح المكتب هذا الإشعار. يبيّن «سلامة الإعداد» في «الإعدادات» ما ينقص. وفي كل الأحوال تنتظر الطلبات في هذه النافذة.
settings-mute = هدوء لبعض الوقت
settings-mute-hint = لا إشعارات من أحد. لا تزال الطلبات تظهر هنا.
settings-closeToTray = البقاء في شريط النظام
settings-closeToTray-hint = عند إغلاق النافذة يبقى Countersign قيد التشغيل، حتى تصلك الطلبات. ومن دون شريط النظام يؤدي الإغلاق إلى إنهاء البرنامج.
settings-autostart = البدء مع النظام
settings-autostart-hint = في شريط النظام، من دون نافذة.
settings-autostart-unknown = لم يُفِد هذا النظام بما إذا كان يشغّل Countersign.
settings-lock = القفل والخصوصية
settings-lock-now = القفل الآن
settings-lock-now-hint = يخفي كل شيء عدا عدد الطلبات المنتظرة.
settings-lock-impossible = عيّن رمز PIN أولًا: ليس لدى هذا الحاسوب طريقة أخرى للتأكد من أنك أنت.
settings-lock-after = القفل عندما لا يستخدمه أحد
settings-lock-never = أبدًا
settings-lock-minutes =
    { $minutes ->
        [zero] فورًا
        [one] بعد دقيقة واحدة
        [two] بعد دقيقتين
        [few] بعد { $minutes } دقائق
        [many] بعد { $minutes } دقيقة
       *[other] بعد { $minutes } دقيقة
    }
settings-lockWithSystem = القفل مع النظام
settings-lockWithSystem-hint = عندما تُقفل الشاشة، وقبل أن يدخل الحاسوب في وضع السكون.
settings-pin-system = يسأل نظام هذا الحاسوب عمن يستخدمه، لذا لا حاجة إلى رمز PIN. ويُطلب إذا لم يستطع النظام ذلك يومًا.
settings-pin-set = يُطلب حيث لا يستطيع النظام أن يسأل عمن يستخدمه.
settings-pin-none = للحواسيب التي لا يستطيع نظامها أن يسأل عمن يستخدمها. من دونه لا يمكن قفل أي شيء أو تأكيده هنا.
settings-hideFromCapture = الإخفاء من لقطات الشاشة
settings-hideFromCapture-hint = يستثني هذه النافذة من لقطات الشاشة والشاشات المشاركة في Windows وmacOS. لا تتيح أسطح مكتب Linux ذلك للبرامج، لذا لا أثر له فيها.
settings-history = الاحتفاظ بالسجل
settings-history-hint = يُحذف ما هو أقدم من هذا الحاسوب، مع ردودك الموقَّعة.
settings-history-ever = دائمًا
settings-history-days =
    { $days ->
        [zero] دون احتفاظ
        [one] ليوم واحد
        [two] ليومين
        [few] لمدة { $days } أيام
        [many] لمدة { $days } يومًا
       *[other] لمدة { $days } يوم
    }
settings-help = المساعدة وحول البرنامج
mute-off = غير مكتومة
mute-for =
    { $hours ->
        [zero] دون كتم
        [one] كتم لساعة واحدة
        [two] كتم لساعتين
        [few] كتم لمدة { $hours } ساعات
        [many] كتم لمدة { $hours } ساعة
       *[other] كتم لمدة { $hours } ساعة
    }
mute-until = مكتومة حتى { $time }.
mute-reported-until = مكتومة حتى { $time }، لأنك قلت إن أحد الطلبات ليس لك.
about-version = Countersign { $version }
about-licences = برنامج حر، برخصة MIT أو Apache 2.0 حسب اختيارك. مع خط Inter (SIL Open Font License) وأيقونات Lucide (ISC).

## The PIN

pin = رمز PIN
pin-set = تعيين رمز PIN
pin-change = تغيير
pin-remove = إزالة
pin-ask-title = اكتب رمز PIN
pin-confirm = تأكيد
pin-checking = جارٍ التحقق…
pin-set-title = تعيين رمز PIN
pin-set-line = يطلبه Countersign حيث لا يستطيع نظام هذا الحاسوب أن يسأل عمن يستخدمه. لا يمكن استعادته.
pin-set-confirm = تعيين رمز PIN
pin-change-title = تغيير رمز PIN
pin-change-line = يحل الرمز الجديد محل القديم فورًا.
pin-change-confirm = تغيير رمز PIN
pin-remove-title = هل تريد إزالة رمز PIN؟
pin-remove-line = بعد ذلك لا يمكن قفل أي شيء أو تأكيده على هذا الحاسوب، إلا إذا كان نظامه يسأل عمن يستخدمه.
pin-remove-confirm = إزالة رمز PIN
pin-old = رمز PIN الحالي
pin-new = رمز PIN الجديد
pin-new-hint = من 6 إلى 128 حرفًا؛ تُحتسب الأحرف والعلامات أيضًا.
pin-again = رمز PIN الجديد مرة أخرى
pin-differs = الرمزان غير متطابقين بعد.

## Locked

lock-title = Countersign مقفل
lock-count =
    { $count ->
        [0] لا طلبات منتظرة
        [zero] لا طلبات منتظرة
        [one] طلب واحد ينتظر
        [two] طلبان ينتظران
        [few] { $count } طلبات تنتظر
        [many] { $count } طلبًا ينتظر
       *[other] { $count } طلب ينتظر
    }
lock-line = يُعرض من يطلب وماذا يطلب بعد فتح القفل.
unlock = فتح القفل
lock-waiting = بانتظار النظام…

## Setup health

health-title = سلامة الإعداد
health-intro = ما يحتاج إليه Countersign من هذا الحاسوب، وكيف حاله.
health-hint = ما الخلل في هذا الحاسوب، وكيف يُصلح.
health-open = فحص
health-again = الفحص مرة أخرى
health-looking = جارٍ الفحص…
health-worst-ok = كل شيء على ما يرام.
health-worst-warn = يعمل Countersign، لكن ليس بأفضل ما يمكن هنا.
health-worst-bad = يجب إصلاح شيء ما قبل أن يمكن الرد على الطلبات.
health-state-ok = سليم:
health-state-warn = يمكن تحسينه:
health-state-bad = يجب إصلاحه:
health-keychain-works = يمكن الوصول إلى سلسلة المفاتيح
health-keychain-locked = سلسلة المفاتيح مقفلة
health-keychain-locked-advice = افتح قفلها في تطبيق كلمات المرور أو سلسلة المفاتيح، أو سجّل الخروج من الحاسوب ثم سجّل الدخول مرة أخرى.
health-keychain-missing = لا توجد سلسلة مفاتيح
health-keychain-missing-advice = ثبّت خدمة سلسلة مفاتيح مثل GNOME Keyring أو KWallet، وسجّل الدخول إلى سطح المكتب مرة أخرى.
health-keyLocation-works = مكان المفاتيح الجديدة: { $place }
health-notifications-works = يمكن عرض الإشعارات مع أزرار
health-notifications-limited = يمكن عرض الإشعارات، لكن من دون أزرار
health-notifications-limited-advice = لا ترسمها خدمة الإشعارات في سطح المكتب. يمكن الرد على الطلبات في النافذة وفي شريط النظام.
health-notifications-missing = لا يمكن عرض الإشعارات
health-notifications-missing-advice = شغّل خدمة إشعارات على سطح المكتب هذا، أو أبقِ النافذة مفتوحة حيث تراها.
health-notifications-unknown = لا يُعرف ما إذا كان يمكن عرض الإشعارات
health-notifications-unknown-advice = إذا لم يظهر أي إشعار، فابحث عن Countersign في إعدادات الإشعارات في النظام.
health-tray-works = يوجد شريط نظام للبقاء فيه
health-tray-limited = يوجد شريط نظام، لكن المكتبة التي ترسم فيه غير موجودة
health-tray-limited-advice = ثبّت الحزمة libayatana-appindicator3-1 وأعد تشغيل Countersign.
health-tray-missing = لا يوجد شريط نظام في سطح المكتب هذا
health-tray-missing-advice = يؤدي إغلاق النافذة إلى إنهاء Countersign، وتظهر الطلبات عند فتحه من جديد. يحصل GNOME على شريط نظام عبر إضافة AppIndicator.
health-tray-unknown = لا يُعرف ما إذا كان هناك شريط نظام
health-links-works = تفتح روابط التسجيل Countersign
health-links-missing = لا تفتح روابط التسجيل أي شيء
health-links-missing-advice = شغّل Countersign مرة أخرى، أو انسخ الروابط والصقها في «إضافة حساب».
health-links-elsewhere = تفتح روابط التسجيل برنامجًا آخر: { $detail }
health-links-elsewhere-advice = إذا لم يكن هذا ما تريده، فاختر Countersign لروابط countersign في إعدادات النظام.
health-links-unknown = لا يُعرف أي برنامج يفتح روابط التسجيل
health-links-unknown-advice = انسخ الروابط والصقها في «إضافة حساب».
health-clock-works = الساعة صحيحة
health-clock-off = فرق الساعة: { $detail }
health-clock-off-advice = اضبط التاريخ والوقت على الوضع التلقائي في إعدادات النظام، وإلا فقد تُرفض الردود.
health-clock-unknown = يُعرف ما إذا كانت الساعة صحيحة بعد أن يرد خادم
health-presence-works = يمكن التأكد من أنك أنت
health-presence-missing = لا يمكن التأكد من أنك أنت
health-presence-missing-advice = عيّن رمز PIN في «الإعدادات»، حتى يمكن قفل Countersign ويمكن للحسابات أن تطلبه.
health-presence-unknown = تُعرف إمكانية التأكد من أنك أنت بعد أن يفعل نظام هذا الحاسوب ذلك مرة واحدة
health-presence-unknown-advice = اختر «القفل الآن» من «الإعدادات»: عندها يسأل النظام لأول مرة.
health-autostart-works = يبدأ Countersign مع النظام
health-autostart-notChosen = لا يبدأ Countersign مع النظام
health-autostart-notChosen-advice = لا بأس في ذلك. يمكن تفعيله في «الإعدادات».
health-autostart-unknown = لا يُعرف ما إذا كان Countersign يبدأ مع النظام
health-autostart-unknown-advice = ابحث عنه في قائمة البرامج التي تبدأ تلقائيًا في النظام.
health-capture-works = يمكن استثناء النافذة من لقطات الشاشة
health-capture-missing = لا يمكن استثناء النافذة من لقطات الشاشة
health-capture-missing-advice = لا تتيح أسطح مكتب Linux ذلك للبرامج. اقفل Countersign قبل مشاركة الشاشة.

## History

history-title = السجل
history-intro = ما طُلب منك وكيف انتهى.
history-empty-title = لا شيء بعد
history-empty-hint = تُحفظ هنا الطلبات التي تم الرد عليها والتي انتهت صلاحيتها.
history-approved-here = تمت الموافقة من هذا الحاسوب
history-approved-elsewhere = تمت الموافقة من جهاز آخر
history-denied-here = تم الرفض من هذا الحاسوب
history-denied-elsewhere = تم الرفض من جهاز آخر
history-expired = انتهت الصلاحية
history-wrong-numbers =
    { $count ->
        [zero] تم الرفض
        [one] تم الرفض بعد رقم خاطئ
        [two] تم الرفض بعد رقمين خاطئين
        [few] تم الرفض بعد { $count } أرقام خاطئة
        [many] تم الرفض بعد { $count } رقمًا خاطئًا
       *[other] تم الرفض بعد { $count } رقم خاطئ
    }
history-number-server = تحقق الخادم من الرقم
history-number-app = تحقق هذا التطبيق من الرقم
history-silent = تمت الموافقة دون سؤال، لأنه بدأ من هذا الحاسوب
history-started-here = بدأ من هذا الحاسوب
history-verified = التأكد من أنك أنت
history-verified-system = عبر نظام هذا الحاسوب
history-verified-pin = برمز PIN
history-verified-nobody = لم يُسأل أحد
history-search = البحث في السجل
history-account = الحساب
history-account-all = كل الحسابات
history-found =
    { $count ->
        [zero] لا إدخالات
        [one] إدخال واحد
        [two] إدخالان
        [few] { $count } إدخالات
        [many] { $count } إدخالًا
       *[other] { $count } إدخال
    }
history-none-found = لا شيء في السجل يطابق ذلك.
history-missing = هذا الطلب غير موجود في سجل هذا الحاسوب.
history-outcome = النتيجة
history-when = الوقت
history-when-value = وقت الطلب: { $asked }، وقت الانتهاء: { $ended }
history-proof = توقيعك
history-proof-kept = محفوظ على هذا الحاسوب، دليلًا على ردك
history-proof-none = غير محفوظ على هذا الحاسوب

## First run

welcome-title = استخدم هذا الحاسوب للموافقة على تسجيل الدخول
welcome-line = يسأل موقع، فترى من يطلب وماذا يطلب، ثم توافق أو ترفض. يُوقَّع ردك بمفتاح لا يغادر هذا الحاسوب أبدًا.
welcome-step-link = ابحث عن رمز QR أو رابط التسجيل الذي يعرضه لك الموقع.
welcome-step-confirm = أفلته أو الصقه هنا وتحقق ممن يسأل.
welcome-step-answer = من ذلك الحين تظهر الطلبات في هذه النافذة.
start-step = الخطوة { $step } من { $steps }
start-begin = لنبدأ
start-next = متابعة
start-later = لاحقًا
start-notifications-title = اعرف عندما يسأل أحد
start-notifications-line = يذكر الإشعار من يطلب وماذا يطلب؛ وأثناء قفل Countersign يذكر فقط أن طلبًا ينتظر. من دون الإشعارات تنتظر الطلبات هنا حتى تنظر إليها.
start-lock-title = أثبت أنك أنت
start-lock-line = يستطيع Countersign إخفاء ما يعرضه، والتأكد من أنك أنت قبل الموافقة. تختار ذلك لكل حساب في «العوامل».
start-lock-system = يتولى نظام هذا الحاسوب السؤال: بكلمة مرورك أو إصبعك أو وجهك، كما أعددت ذلك فيه.
start-autostart-title = هل تريد البدء مع النظام؟
start-autostart-line = عندئذ ينتظر Countersign في شريط النظام، حتى تصلك الطلبات دون أن تفتحه أولًا.
start-add-title = أضف حسابك الأول
start-add-line = يعرض الموقع الذي تريد الموافقة على طلباته رابطًا أو رمزًا. لا يلزم أكثر من ذلك.
start-again = مقدمة
start-again-hint = الخطوات الأولى مرة أخرى.
start-again-open = عرض
practice = طلب للتدريب
practice-hint = أجب عن طلب مختلق. لا يُوقَّع أي شيء ولا يُرسل.
practice-open = تدرّب أولًا
practice-show = تجربة
practice-title = مجرد تدريب
practice-line = لم يطلب أحد شيئًا. لا يُوقَّع أي شيء ولا يُرسل ولا يُحفظ. وما في صندوق الوارد حقيقي دائمًا، أيًّا كان اسمه.
practice-requester = متجر نموذجي
practice-message = هل تريد تسجيل الدخول إلى حسابك لدى المتجر؟
practice-place = المكان
practice-place-value = مدينة تعرفها، أو لا تعرفها
practice-device = الجهاز
practice-device-value = المتصفح على هذا الحاسوب
practice-step-who = انظر من يطلب، وإلى العنوان تحت الاسم.
practice-step-what = اقرأ ما يريدونه بكلماتهم.
practice-step-answer = لا توافق إلا على ما بدأته بنفسك. هنا يمكنك أن تختار ما تشاء.
practice-approved = تمت الموافقة، للتدريب
practice-approved-line = مع طلب حقيقي كان ردك سيُوقَّع الآن بمفتاح هذا الحاسوب ويُرسل، ولا يمكن التراجع عنه.
practice-denied = تم الرفض، للتدريب
practice-denied-line = مع طلب حقيقي لا تتم الموافقة على أي شيء، وتُسأل إن كنت أنت من بدأه.
practice-reported = تم الرفض والإبلاغ، للتدريب
practice-reported-line = مع طلب حقيقي يُبلَّغ الموقع بأنك لست من بدأه، وتُكتم إشعاراته لمدة 20 دقيقة.
practice-expired = انتهت الصلاحية، للتدريب
practice-expired-line = لم يرد أحد في الوقت المحدد. مع طلب حقيقي لا تتم الموافقة على أي شيء.
practice-again = مرة أخرى
practice-end = إنهاء التدريب

## Keychain trouble and other full pages

keychain-locked-title = سلسلة مفاتيحك مقفلة
keychain-locked-line = يحفظ Countersign مفاتيح توقيعه فيها، لذا لا يمكنه الرد على الطلبات حتى تُفتح. لم تتم الموافقة على أي شيء ولم يُفقد أي شيء.
keychain-locked-step-one = اختر «فتح قفل سلسلة المفاتيح»: قد يطلب نظامك كلمة مرورها.
keychain-locked-step-two = إذا لم يُطلب منك شيء، فافتح قفلها في تطبيق كلمات المرور أو سلسلة المفاتيح، أو سجّل الخروج من الحاسوب ثم سجّل الدخول مرة أخرى.
keychain-missing-title = لم يُعثر على سلسلة مفاتيح
keychain-missing-line = يحفظ Countersign مفاتيح توقيعه في سلسلة مفاتيح النظام، ولا يحفظها أبدًا في ملف مكشوف، لذا لا يمكنه المتابعة من دونها. لم تتم الموافقة على أي شيء ولم يُفقد أي شيء.
keychain-missing-step-one = ثبّت خدمة سلسلة مفاتيح مثل GNOME Keyring أو KWallet، وسجّل الدخول إلى سطح المكتب مرة أخرى.
keychain-missing-step-two = إذا لم يكن ذلك ممكنًا على هذا الحاسوب، فاستخدم عبارة مرور بدلًا منها: عندئذ تُحفظ المفاتيح في ملف لا تفتحه إلا عبارة مرورك.
keychain-unlock = فتح قفل سلسلة المفاتيح
vault-instead = استخدام عبارة مرور بدلًا منها
vault-title = هل تريد استخدام عبارة مرور بدلًا منها؟
vault-line = عندئذ تُحفظ المفاتيح الجديدة في ملف على هذا الحاسوب لا تفتحه إلا عبارة مرورك. يطلبها Countersign عند كل بدء ولا يخزّنها أبدًا.
vault-keys-stay = تبقى المفاتيح الموجودة في سلسلة مفاتيح النظام في مكانها كما هي. تصلك طلبات حساباتها من جديد عندما يمكن فتحها.
vault-confirm = استخدام عبارة المرور هذه
passphrase = عبارة المرور
passphrase-hint = 8 أحرف على الأقل، ويفضَّل عدة كلمات. لا يمكن استعادتها.
passphrase-again = عبارة المرور مرة أخرى
passphrase-title = اكتب عبارة مرورك
passphrase-line = مفاتيح التوقيع على هذا الحاسوب في ملف لا تفتحه إلا عبارة مرورك. حتى ذلك الحين لا تصل أي طلبات. لم تتم الموافقة على أي شيء ولم يُفقد أي شيء.
passphrase-open = فتح
system-keychain = الرجوع إلى سلسلة مفاتيح النظام
system-keychain-title = هل تريد الرجوع إلى سلسلة مفاتيح النظام؟
system-keychain-line = الحسابات التي يوجد مفتاحها في سلسلة مفاتيح النظام تعمل من جديد فورًا، وتُنشأ المفاتيح الجديدة فيها.
system-keychain-closed = الحسابات التي يوجد مفتاحها في الملف الذي تفتحه عبارة مرورك تبقى مغلقة حتى تكتبها. يبقى الملف كما هو.
system-keychain-confirm = استخدام سلسلة المفاتيح
trouble-title = تعذر بدء تشغيل Countersign بشكل صحيح
trouble-state = الحالة: { $state }

## The tray and notifications, which the program itself writes

tray-open =
    { $count ->
        [0] فتح صندوق الوارد
       *[other] فتح صندوق الوارد ({ $count })
    }
tray-more =
    { $count ->
        [zero] لا طلبات أخرى
        [one] طلب آخر
        [two] طلبان آخران
        [few] { $count } طلبات أخرى
        [many] { $count } طلبًا آخر
       *[other] { $count } طلب آخر
    }
no-tray = لا يوجد شريط نظام في سطح المكتب هذا
no-tray-what = يؤدي إغلاق النافذة إلى إنهاء Countersign، وعندئذ لا يُعلَن عن الطلبات.
tray-check-now = التحقق الآن
tray-mute = كتم الإشعارات
tray-mute-minutes = لمدة 20 دقيقة
tray-mute-hour = لمدة ساعة
tray-mute-tomorrow = حتى الغد
tray-unmute = إلغاء الكتم
tray-lock = قفل
tray-quit = إنهاء
notify-asks = يطلب { $requester } موافقتك
notify-question = يسأل { $requester }: { $question }
notify-locked = هناك طلب ينتظر ردك
notify-locked-body = افتح قفل Countersign لرؤيته.
notify-burst = يواصل { $requester } إرسال الطلبات
notify-burst-locked = تتوالى الطلبات
notify-burst-body = يظهر المزيد منها في Countersign فقط، دون إشعار. إذا لم تكن أنت، فأبلغ عن ذلك هناك.
notify-approved = تمت الموافقة · { $requester }
notify-denied = تم الرفض · { $requester }
notify-denied-body = إذا لم تبدأ ذلك بنفسك، فأبلغ عنه في Countersign.
notify-failed = { $requester }: ردك غير مؤكد
notify-failed-locked = ردك غير مؤكد
notify-trial = هذا مجرد اختبار
notify-trial-body = لا أحد يطلب شيئًا. هكذا تصلك الطلبات.
notify-see = افتح Countersign لترى ما هو الطلب.
notify-open = فتح
notify-review = مراجعة
