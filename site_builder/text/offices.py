"""Words that stand in titles and beside them: what tells where a title ends and the name of its holder begins.

Nothing but data, in Arabic and English together. The words are written as usual and folded when first asked for.
"""

from __future__ import annotations

import functools

from site_builder.text.analysis import fold


@functools.cache
def listed(*names: str) -> frozenset[str]:
    """The folded words of the lists named."""
    return frozenset(word for name in names for word in fold(LISTS[name]).split())


@functools.cache
def lines(name: str) -> frozenset[str]:
    """The folded lines of a list."""
    return frozenset(line.strip() for line in fold(LISTS[name]).splitlines())


LISTS = {
    # What a title in English turns on.
    "heads": """
        president chairman chairwoman chairperson chancellor premier minister secretary undersecretary king queen prince
        princess emperor pope sultan emir sheikh shah ayatollah general marshal admiral colonel brigadier commander
        senator congressman congresswoman governor mayor ambassador envoy mediator negotiator spokesman spokeswoman
        spokesperson commissioner director representative delegate adviser advisor counsellor coordinator rapporteur
        diplomat leader chief archbishop patriarch cardinal rabbi imam mufti judge professor
    """,
    "honorifics": "mr mrs ms dr sir madame gen sen gov col prof",
    "abbreviated": "mr mrs ms dr gen sen gov col prof",
    # Of these a single surname is enough, even where they begin with a small letter.
    "offices": """
        minister president chancellor senator ambassador spokesman spokeswoman spokesperson premier envoy mr mrs ms dr
    """,
    "vague heads": """
        leader chief director representative delegate adviser advisor judge commander counsellor secretary professor
        governor mayor coordinator
    """,
    # Ordinary words unless they have a capital.
    "capital heads": "general marshal pope cardinal brigadier sir gen sen col gov",
    "modifiers": """
        former acting deputy vice assistant special permanent chief senior prime foreign defence defense interior
        finance new then un us uk eu nato first second state press ex interim late opposition crown lead high military
        government ministry presidential parliamentary rebel army navy air force police intelligence security central
        bank party embassy department office
    """,
    "portfolios": """
        foreign affairs defence defense interior home finance justice energy health education economy economic trade
        culture information transport agriculture labour labor industry environment tourism oil planning state war staff
        security national treasury commerce development cooperation international public works water housing religious
        social relations immigration migration emergency situations science technology
    """,
    "of": "of for to",
    "small words": "the and",
    "articles": "the a an its his her their then who was is former also",
    "place before": "in near at into outside inside around from within",
    "joints": """
        de del della di da dos du van von der den la le bin ibn abu al el ad ash bint دي دو دا ديل فان فون لا لو بن ابن
        أبو عبد آل إبن بو
    """,
    # Verbs and offices that are given names or surnames as well.
    "also names": "will may king pope prince judge bishop jan april june august",
    # Words of bodies, places and things: what has one of them is no person.
    "no name": """
        ministry minister ministers council party union nations committee commission department agency group university
        bank street house government front army force forces movement state states office parliament congress senate
        court assembly league organization organisation news press times post conference summit agreement resolution
        talks war peace republic kingdom emirates federation administration cabinet embassy mission team company
        foundation institute center centre hospital airport square palace church mosque school board authority alliance
        coalition corps guard police bureau service services system treaty plan day week month year north south east
        west northern southern eastern western middle europe asia africa america arabia zealand korea city river sea
        island islands the of for on to according speaks visits opens says brexit covid internet academy awards prize
        cup world security general staff motors electric dynamics mills manager strike election elections un us uk eu
        usa nato tv radio channel bay gulf
    """,
    # Countries by names that CLDR does not have.
    "also countries": """
        turkey
        britain
        great britain
        england
        scotland
        wales
        holland
        palestine
        czech republic
        ivory coast
        burma
        america
        vatican
        the vatican
        the kremlin
        بريطانيا
        أميركا
        أمريكا
        فلسطين
        إنكلترا
        إنجلترا
        الفاتيكان
        كوريا
    """,
    "peoples": """
        american british french german russian soviet chinese japanese turkish syrian iraqi iranian egyptian israeli
        palestinian lebanese jordanian saudi indian pakistani italian spanish polish greek swedish norwegian danish
        finnish dutch belgian swiss austrian canadian mexican brazilian argentine cuban african korean libyan algerian
        tunisian moroccan sudanese yemeni kuwaiti qatari ukrainian european arab emirati bahraini omani kurdish afghan
        armenian azerbaijani georgian kazakh hungarian romanian bulgarian serbian croatian czech slovak irish scottish
        welsh portuguese australian indonesian malaysian vietnamese thai ethiopian somali kenyan nigerian islamic muslim
        christian jewish western eastern asian latin norwegian أميركي أمريكي بريطاني فرنسي ألماني روسي سوفياتي سوفييتي
        صيني ياباني تركي سوري عراقي إيراني مصري إسرائيلي فلسطيني لبناني أردني سعودي هندي باكستاني إيطالي إسباني بولندي
        يوناني سويدي نرويجي دنماركي فنلندي هولندي بلجيكي سويسري نمساوي كندي مكسيكي برازيلي كوبي أفريقي إفريقي كوري ليبي
        جزائري تونسي مغربي سوداني يمني كويتي قطري أوكراني أوروبي عربي إماراتي بحريني عماني كردي أفغاني أممي غربي دولي
        محلي أجنبي
    """,
    # What a title in Arabic turns on: alone, or with what it is an office of.
    "definite heads": """
        الرئيس الرئيسة الوزير الوزيرة الملك الملكة الأمير الأميرة الشيخ السلطان البابا الإمبراطور المستشار المستشارة
        السفير السفيرة المبعوث المبعوثة المندوب المندوبة المتحدث المتحدثة الناطق الناطقة المفوض المفوضة الجنرال العقيد
        العميد اللواء الفريق المشير المارشال الأميرال السيناتور السناتور النائب النائبة الدكتور الدكتورة السيد السيدة
        الأستاذ الأستاذة الدبلوماسي الدبلوماسية الزعيم القائد الأمين الممثل الممثلة المنسق المنسقة الوسيط المحافظ الحاكم
        المطران البطريرك الكاردينال المفتي
    """,
    "indefinite heads": """
        وزير وزيرة رئيس رئيسة نائب نائبة سفير سفيرة مبعوث مبعوثة مندوب مندوبة ممثل ممثلة أمين أمينة قائد مدير مديرة
        متحدث متحدثة ناطق ناطقة مستشار مستشارة مساعد مساعدة وكيل وكيلة زعيم زعيمة محافظ حاكم ملك ملكة أمير منسق كبير
        كبيرة مفوض مفوضة عمدة نظيره نظيرها نظيرته نظيرتها ولي
    """,
    "heads of places": "محافظ حاكم عمدة والي أمير",
    "given alone": "الملك الملكة الأمير الأميرة البابا الشيخ السلطان",
    "one name": "الملك الملكة البابا",
    # What is part of an office without an article.
    "complements": """
        وزراء خارجية دفاع داخلية مالية اقتصاد عدل صحة تعليم مجلس هيئة وفد قوات حكومة برلمان دولة جمهورية إدارة لجنة
        أركان أمن عام عامة نظام جيش بعثة سفارة وزارة شؤون عهد مكتب قسم لشؤون باسم خاص دائم سابق سابقة أسبق بالإنابة
        بالوكالة تنفيذي أول محكمة جهاز استخبارات مخابرات دائرة خارجيتها خارجيته دفاعه وزرائه مفاوضي المفاوضين في إلى لدى
        ووزير دعم عمليات
    """,
    # ... and is followed by the name of a place or body.
    "takes a name": """
        بلدية محافظة مدينة ولاية حزب حركة نادي جامعة شركة قناة وكالة صحيفة مجموعة منظمة إقليم تيار جبهة فصيل جماعة بنك
        اتحاد تحالف مؤسسة معهد مركز في إلى لدى
    """,
    "adjectives": """
        الأممي الأميركي العام الخاص الدائم السابق الأسبق الحالي الجديد الراحل المكلف المنتخب السوري الروسي التركي
    """,
    "doubtful given names": """
        أمل نصر نور فرح هدى رجاء دعاء سلام كرم جلال جمال كمال إيمان نجاح وفاء فوز عز حسن صالح مبارك أمين ثابت هند وسام
    """,
    "more given names": """
        سامح برهان خلوصي مولود بولنت عبدالله أكرم إكرام كاوه جواد علوش ظريف رجب طيب بنيامين أفيغدور إيهود نفتالي يائير
        غيدون حيدر نوري إياد برهم فؤاد مسعود نيجيرفان مسرور هوشيار جلال صائب رياض نعيم جميل ميقاتي نجيب سعدالدين تمام
        فايز بشر عمر هاني سمير معاذ لبيب عقيلة فتحي خليفة رشيد قيس الباجي منصف محسن عبدربه عيدروس معين مارتن أنطونيو غير
        ستافان مارغوت فيديريكا جوزيب أورسولا تيودور أندرس ينس ماتيو فولوديمير فيتالي دميترو ألكسندر نيكول شوكت كيم شي لي
        ناريندرا عمران شاهباز حسن إبراهيم أشرف حامد قربان إسلام شوكت إمام ريكس مايك أنتوني لويد جيك جو رفائيل كاثرين
        سوزانا بوريس دومينيك جيرمي إيمانويل إدوار جان-إيف لوران برونو سيباستيان أنالينا زيغمار هايكو أولاف ماريو جوزيبي
        لويجي باولو بيدرو خوسيه كيرياكوس ألكسيس نيكوس آنتوني جاستن سكوت جاسيندا شينزو فوميو زيد رعد وانغ هو يانغ سيريل
        محمدو أبي إسياس يوويري بول فيليكس ساحلي أوهورو
    """,
    "second halves": """
        الله الدين الرحمن الإسلام الفتاح القادر الرزاق الكريم العزيز السلام المهدي الناصر أوغلو زاده
    """,
    # What does not stand in a name: small words, and what ministers do, want and meet.
    "no arabic name": """
        في من إلى على عن مع بعد قبل خلال أمس اليوم غدا هذا هذه ذلك تلك الذي التي الذين هو هي إن أن لأن بأن وأن لا لم لن
        ما قد لقد كان كانت يكون ليس سوف حول عند عندما حيث كما بل أو ثم حتى منذ ضد بين لدى نحو عبر دون أي كل بعض غير أيضا
        كذلك أثناء إثر عقب أمام خارج داخل وهو وهي وقد فيما بينما رغم بشأن بسبب بهدف لبحث فور يوم مساء صباح ظهر هنا ضرورة
        أهمية حرص دعم سبل آخر أبرز أول أحد إحدى عدد عدم عدة استعداد رفض تأكيد موقف زيارة رسالة مقتل اتفاق اتفاقا بيان
        بيانا مؤتمر مؤتمرا محادثات مباحثات اجتماع اجتماعا قرار قرارا مشروع مشروعا خطة بلاده بلادها لقاء نفسه نفسها
        استعداده رفضه حرصه قوله قلقه أسفه ارتياحه دعمه وجود إمكان فتح إغلاق وقف وقوف إطلاق بدء انتهاء نهاية بداية إنهاء
        تطورات أوضاع ملف ملفات قضية قضايا علاقات تعاون عقوبات هجوم هجوما حرب حربا سلام سلاما مرسوما قانون قانونا ترشيح
        تعيين استقالة استقالته إقالة اغتيال وفاة جنود جنديا جندي شخصا شخص أشخاص مدنيا مدنيين قتلى جرحى مصادر مسؤول
        مسؤولين مسؤولون نظيره وزراء رؤساء شعبه حكومته وفدا وفد فريق جولة دورة جلسة عاصمة العاصمة سنوات أيام أشهر شهر عام
        عاما سنة ساعة ساعات مليون مليار ألف مئة عشرة تسعة ثمانية سبعة ستة خمسة أربعة ثلاثة اثنين مرة مرات مجددا جديد
        جديدة جديدا كبير كبيرة ضيف شرف دعوة كلمة خطاب خطابا تصريح تصريحا حوار انتخابات إجراءات إصلاحات تدابير خيار
        خيارات حل حلا حلول مبادرة مبادرات أزمة تأييد تأييده ترحيب قيام قيامه عودة عودته وصول وصوله مغادرة سعادة معالي
        دولة فخامة جلالة سمو صاحب سعيه عزم عزمه التزام التزامه نية نيته إعلان إعلانه توقيع مواصلة استئناف تشكيل تشكيلة
        أعضاء عضو أنصار قادة مقاتلين مقاتلي عناصر نواب جميع معظم كامل كافة مختلف عموم سائر طيلة بحضور بدعوة بمناسبة
        بموجب وفق وفقا بحسب ردا تعليقا بذلك ذلك مؤكدا مشيرا معربا داعيا محذرا مضيفا قائلا
    """,
    # What follows a name that has ended.
    "closing": """
        إن أن بأن أنه إنه بأنه الذي التي الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد في خلال على إلى مع عن من
        أمس اليوم عقب بعد حول قوله قولها
    """,
    "foreign endings": """
        وف وفا يف يفا سكي تسكي فيتش يتش ستون سون سن مان برغ بيرغ بورغ شتاين ماير أوغلو وغلو زاده دزه شفيلي نيان ينغ يني
        يلي ينو ارد ولد رت كس نر لر
    """,
}
