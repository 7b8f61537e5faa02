"""Words that decide whether a name is meant: titles, verbs of saying, given names, words that are names too.

Nothing but data, in Arabic and English together. The words are written as usual and folded when first asked for.
"""

from __future__ import annotations

import functools

from site_builder.text.analysis import bare, fold, is_arabic


@functools.cache
def words(*names: str) -> frozenset[str]:
    """The folded words of the lists named; Arabic ones with the article and without."""
    listed = exactly(*names)
    return frozenset([*listed, *(bare(word) for word in listed if is_arabic(word))])


@functools.cache
def exactly(*names: str) -> frozenset[str]:
    """The folded words of the lists named, as written: with the article or without it."""
    return frozenset(word for name in names for word in fold(LISTS[name]).split())


LISTS = {
    # Words of a name that belong to the word after them, and those of which the word after never stands alone.
    "joining": """
        عبد أبو ابن بن آل دي دو دا ديل فان فون لا لو
        de von van der den di da del della la le du bin ibn abu abd ben dos
    """,
    "of a family": """
        دي دو دا دوس de da di do dos d
    """,
    "saints": """
        سان سانت سانتا saint sankt san santa sant st
    """,
    "never alone": """
        عبد أبو ابن بن آل bin ibn abu ben
    """,
    # Of these: words so common that they never stand for a person by themselves (بأن, شيء).
    "function words": """
        بان هو شي لي كان
    """,
    # Of these: words so common, and so rarely part of a name, that no name is looked for from them on.
    "particles": """
        في من عن مع إلى ان أن إن التي الذي الذين اللذين هذا هذه ذلك تلك كانت يكون تكون ليس لم لن لا ما قد لقد كل بعض
        بعد قبل غير بين حتى أو أم ثم هي هم كما لكن حيث عند منذ خلال دون عبر نحو ضد حول أي إذا إذ ايضا أيضا قال قالت
        يوم عام كذلك وفي ومن وعن وقال وقد وكان وهو وهي ولم ولا وما وأن وإن بأن لأن الى فيه فيها منها به بها له لها
    """,
    # What follows a name to tell father and son apart; second halves, as of نصر الله; family names that come first.
    "of two": """
        الابن الأب جونيور
    """,
    # Both father and son are called so, and known.
    "father and son": """
        بوش
    """,
    "suffixes": """
        الأب الابن الأول الثاني الثالث الرابع الخامس السادس جونيور jr junior sr senior ii iii
    """,
    "second halves": """
        الله الدين الإسلام الرحمن
    """,
    "family names first": """
        ban mao xi deng kim chiang ho park zhou hu jiang li wen lee roh moon zhao hua chou nguyen ngo pham lin liu tsai
        chen wang pol tran vo hoang phan teng hsi chao chu zhu peng qiao chiao ye yeh wu qian chien gu ku bo po
        هوا ليو لين بينغ تشاو
        بان ماو شي دينغ دنغ دينج كيم تشيانغ شيانغ هو بارك تشو شو جيانغ لي وين روه مون نغوين تساي تشن وانغ
        بول
    """,
    # ... of which the bearers are known by the last of three names.
    "known by given names": """
        nguyen ngo pham tran vo le hoang phan dinh نغوين نغو نجوين فام تران
    """,
    # What a place or body is: names may do without these words, which stand first or last in them. Of these: rivers,
    # whose names hardly anything else has, but for those of some states.
    "classes": """
        نهر محافظة ولاية إقليم مقاطعة شبه جزيرة بحيرة جبل قضاء حركة تنظيم جماعة river province governorate region
        peninsula mount lake oblast movement
    """,
    "classes left out": """
        نهر river شبه جزيرة peninsula
    """,
    "states and rivers": """
        jordan congo niger senegal gambia mississippi missouri colorado ohio hudson orange red yellow white black blue
        الأردن الكونغو النيجر السنغال الأحمر الأصفر الأزرق الأبيض الكلب الكبير العاصي العرب البارد كوريا العرب الشيخ
    """,
    # Before a surname: who may bear it. Also what establishes a person whose record names no office.
    "titles": """
        president chairman chancellor premier minister secretary secretary-general king queen prince princess
        emperor pope sultan emir sheikh shah ayatollah general marshal admiral colonel senator governor ambassador
        envoy spokesman spokeswoman commissioner mr mrs ms miss dr sir lord lady dame madame mme herr comrade leader
        foreign الرئيس رئيس الرئيسة رئيسة الوزير وزير الوزيرة وزيرة المستشار مستشار المستشارة مستشارة الملك ملك
        الملكة ملكة الأمير أمير الأميرة الإمبراطور البابا السلطان الشيخ الشاه آية الله الجنرال المارشال الأميرال
        الماريشال العقيد الفريق اللواء العميد السيناتور السناتور الحاكم السفير سفير السفيرة المبعوث مبعوث المفوض
        المتحدث
        الناطق السيد السيدة الدكتور الدكتورة السير اللورد الرفيق الزعيم زعيم القائد قائد الأمين أمين نائب النائب
        المرشح المرشحة الدبلوماسي الأميركي الأمريكي الروسي الفرنسي البريطاني الألماني التركي الإيراني السوري المصري
        السوفياتي السوفييتي الأسبق السابق الراحل
    """,
    "strong titles": """
        president chancellor premier minister secretary marshal general chairman leader king queen emperor pope sultan
        emir shah ayatollah المارشال الماريشال الجنرال الزعيم الأمين الرئيس
        الرئيسة الوزير الوزيرة المستشار المستشارة الملك الملكة الإمبراطور البابا السلطان الشاه الوزراء الخارجية
        الدفاع
    """,
    # What stands between these and a name: the foreign minister of Russia.
    "offices": """
        وزير وزراء رئيس خارجية دفاع داخلية مالية حكومة جمهورية مجلس نواب دولة of the and for
    """,
    # Titles that are nobody's office in an archive's records, and yet say who is meant.
    "honours": """
        king queen pope emperor shah sultan emir ayatollah imam آية الإمام الملك الملكة البابا الإمبراطور الشاه
        السلطان
    """,
    # Of these: those who are called by their given names.
    "crowned": """
        king queen pope sultan الملك الملكة البابا السلطان
    """,
    # Before a name: somebody else, unless the record says so.
    "other callings": """
        actor actress singer footballer striker midfielder goalkeeper winger defender coach trainer painter novelist
        poet chef boxer golfer jockey musician guitarist drummer pianist violinist filmmaker baker farmer shopkeeper
        teacher student pupil nurse sergeant corporal detective constable sheriff judge swimmer sprinter cyclist
        driver plumber carpenter model rapper dancer sculptor batsman bowler quarterback pitcher surgeon dentist
        barber grocer tailor اللاعب لاعب اللاعبة الفنان الفنانة الممثل الممثلة المغني المغنية المطرب المطربة المخرج
        الشاعر الشاعرة الروائي الروائية المدرب الطالب الطالبة التاجر المزارع الخباز السائق المهاجم الحارس الطبيب
        الطبيبة الرسام العازف الملاكم العداء المعلم المعلمة المعلق الصحفي الصحافي الجراح الحلاق النجار الموسيقار
        السباح الرقيب العريف القاضي النبي القديس القديسة
    """,
    # Beside a name: an institution, a street, a prize that bears it.
    "institutions before": """
        university college school institute hospital museum theatre theater airport bank street avenue boulevard
        square foundation academy library stadium bridge cathedral church castle fort mount lake port hotel جامعة
        كلية مدرسة معهد مؤسسة مركز مستشفى متحف مسرح مطار بنك مصرف شارع جادة ميدان ساحة جائزة أكاديمية مكتبة ملعب جسر
        كاتدرائية كنيسة مسجد جامع قصر فندق صحيفة مجلة جريدة نادي دار شركة بورصة إذاعة قناة سد حديقة جمعية أوركسترا
        صندوق ثانوية سينما ستاد استاد بحيرة محطة مخيم وكالة متنزه ترعة نفق مضيق خليج برج مهرجان كأس دوري قاعة صالة
        مطعم مقهى مجمع ضاحية حي قانون وسام قلادة وشاح نوط إعصار عاصفة جدار متلازمة ربيع باب بوابة لواء ألوية كتيبة
        كتائب فيلق سرايا فرقة معرض أنباء ماراثون رالي دورة سباق راديو تلفزيون
        cape camp hurricane storm operation plaza tower hall centre
        center stade stadion rue via
    """,
    "institutions after": """
        foundation university college school institute hospital museum theatre theater airport bank street avenue
        boulevard square academy library stadium bridge center centre prize award house group company corporation
        inc ltd plc club times post journal herald tribune gazette county city island islands river lake bay park
        trust fund brothers memorial medal lecture scholarship fellowship road lane plaza tower hotel orchestra بوست
        تايمز تريبيون هيرالد جورنال سان سنتر سكوير ستريت بارك تاور هاوس
    """,
    # Ships, and treaties, which bear names too.
    "vessels": """
        uss hms carrier submarine frigate destroyer battleship cruiser warship yacht ferry vessel tanker حاملة سفينة
        الفرقاطة الطراد طراد المدمرة الغواصة البارجة السفينة الباخرة العبارة اليخت الزورق
        فرقاطة غواصة بارجة مدمرة يخت عبارة باخرة ناقلة
    """,
    "treaties": """
        مبدأ عقيدة وعد مشروع نظرية اتفاق اتفاقات اتفاقية اتفاقيات بروتوكول معاهدة ميثاق إعلان حلف صلح مؤتمر منصة
    """,
    # ... and in English, capital or not. (With capitals any other word is part of the name, too; the Munich agreement
    # is but one that was made in Munich.)
    "treaties after": """
        convention conventions accord accords pact treaty charter
    """,
    "treaties of": """
        treaty convention congress declaration peace pact charter protocol
    """,
    # Armies and parties that have a country's name and an adjective of their own: قوات سوريا الديمقراطية.
    "forces": """
        قوات جيش حركة حزب جبهة تيار منبر وحدات
    """,
    "wings": """
        الإسلام الانتفاضة ويكلي
    """,
    # For a word of a body's names, the country of which everybody says that it is.
    "countries of": """
        الله:اللبناني,اللبنانية
        فتح:الفلسطينية
        حماس:الفلسطينية
        طالبان:الأفغانية
    """,
    # What has a title, in quotation marks; of these: what has it without them, too.
    "works": """
        film movie novel book album song series play musical opera documentary thriller فيلم رواية كتاب مسلسل أغنية
        مسرحية قصيدة وثائقي ألبوم أوبرا
    """,
    "works by name": """
        film movie novel musical opera فيلم مسلسل أوبرا
    """,
    # Persons only.
    "polite": """
        mr mrs ms miss lord lady sir dame madame mme herr emperor empress king queen prince princess captain general
        colonel senator professor القديسة آيا
    """,
    # ... and written with a point.
    "abbreviated": """
        mr mrs ms dr gen sen gov col capt lt sgt prof rep hon adm maj messrs
    """,
    # Several have one name: for a word of a record's names, what beside it says that another is meant.
    "namesakes beside": """
        taliban:pakistani,الباكستانية,باكستان
        amman:سلطنة,العمانية,مسقط,صلالة
        oman:الأردنية,الأردني
        jordan:نهر,river,ضفاف,ضفتي,غور,وادي
        marshall:plan,aid,islands
        مارشال:خطة,مشروع,جزر
        sudan:جنوب
        القدس:فيلق,قوة,يوم,لجنة,سرايا
        georgia:ولاية,state
        washington:ولاية,state
        congo:نهر,river
        niger:نهر,river
        senegal:نهر,river
    """,
    # What a place gives its name to, and does not stay the place: Vienna sausage, Damascus steel.
    "goods": """
        sausage sausages steel bean beans bead beads sprouts almond almonds rug rugs carpet carpets silk lace leather
        cotton linen cheese wine tea coffee cigar cigars pepper hat hats sandwich sandwiches cream chocolate
        bread roast
        blend porcelain marble glass fever syndrome blue red green goat goats cat cats dog dogs bull potatoes fries
        jacket jackets suits beer pastry mule mules duck envelope envelopes
        biscuit biscuits cake cakes cookies pie steak stew soup dressing sauce mustard ball balls racket boots shoes
        jeans dye gown handbag perfume watch watches cocktail cocktails
    """,
    "dishes": """
        chicken
    """,
    "kin": """
        son daughter brother sister wife husband
    """,
    "prefixes": """
        pro anti ex post pre non
    """,
    # At whom, and not where.
    "aiming": """
        look looked looking laugh laughed laughing shout shouted shouting aim aimed aiming angry anger fire fired
        wave waved smile smiled directed yelled pointed stared glared threw thrown criticism mad furious swipe blow jab
        snapped hurled barbs levelled leveled anger jeered mocked astonished amazed surprised
    """,
    "after a thing": """
        and for on that which after before during as when while until
    """,
    "sports": """
        tennis golf football running hockey basketball baseball
    """,
    # What ships and aeroplanes do, after which a name without a title is that of one, or of an airport.
    "flying": """
        landed landing lands flew fly flies flying planes plane flight flights touched took departed departing stopover
    """,
    # What ships alone do.
    "sailing": """
        أبحرت تبحر رست ترسو جنحت
    """,
    # After UN, EU and the like with capitals: bodies that these have, or that are called after them.
    "bodies after": """
        open airways steel mission organization organisation force tribunal school institute
        women habitat programme program fund agency council committee commission conference assembly university
        parliament court charter convention association development environment refugee refugees children's childrens
        office academy college foundation forum orchestra cup championship championships
    """,
    # Given names that are names of places too.
    "namesakes": """
        باريس جورجيا سيدني فلورنسا تشاد إسرائيل شيلسي تشيلسي مدريد كينيا الهند أوستن دنفر فيينا صوفيا كارولينا
    """,
    "towns of georgia": """
        tbilisi batumi gori kutaisi sukhumi poti tskhinvali zugdidi rustavi telavi mtskheta borjomi
    """,
    # Places that bear the names of persons.
    "places before": """
        نهر وادي مدينة جزيرة جزر بلدة قرية ناحية هضبة جبل جبال
    """,
    # Before a place: mountains, seas, operations, parties and coalitions that have its name, and are elsewhere.
    "named after a place": """
        جبل درع فجر سيف نداء صوت سور بحر صابون حلاوة أقمشة فولاذ حرير عطور سجاد نبيذ مجموعة منتدى
        قهوة
    """,
    "institutions joined": """
        platz strasse stiftung haus universitat preis gesellschaft
    """,
    "schools": """
        university college school academy
    """,
    # Whose general assembly or central committee another one is, after ل.
    "owners": """
        شركة الشركة نقابة النقابة اتحاد الاتحاد بنك البنك حزب الحزب جمعية الجمعية نادي النادي مؤسسة المؤسسة جامعة
        الجامعة رابطة الرابطة هيئة الهيئة مجموعة المجموعة نادى
    """,
    # Of two clubs that have the names of their towns.
    "beating": """
        دينامو سبارتاك بايرن هيرتا لوكوموتيف إنتر زينيت سسكا أولمبيك هابويل مكابي
        beat thrashed outplayed drew يتغلب تتغلب يتعادل يخسر ريال أتلتيكو فاز خسر تعادل هزم يهزم
        تغلب هزمت تغلبت تعادلت
    """,
    # Bodies of which many countries have one.
    "general bodies": """
        commission council committee agency office organization bank union institute centre center cross crescent
        parliament federation association army court party fund ministry front league
    """,
    "nationalities": """
        american british french german russian soviet chinese japanese turkish syrian iraqi iranian egyptian israeli
        palestinian lebanese jordanian saudi indian pakistani italian spanish polish greek swedish norwegian danish
        finnish dutch belgian swiss austrian canadian mexican brazilian argentine cuban korean libyan algerian
        tunisian moroccan sudanese yemeni kuwaiti qatari ukrainian irish scottish welsh hungarian czech romanian
        bulgarian serbian croatian bosnian afghan kurdish
    """,
    # Ranks that a king does not have, and what comes before a name to make it another man's.
    "noble": """
        prince princess sheikh duke crown الأمير أمير الأميرة أميرة الشيخ شيخ ولي
    """,
    "teknonyms": """
        أبو أبي أبا أم بنت
    """,
    "family": """
        زوجة زوجته ابنة ابنته نجل شقيق شقيقة شقيقه شقيقته والدة والد أرملة أرملته حفيد حفيدة ابن ابنه
    """,
    # After a comma, these say that another town of that name is meant.
    "states": """
        alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana
        iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
        nebraska nevada new_hampshire new_jersey new_mexico north_carolina north_dakota ohio oklahoma oregon
        pennsylvania rhode_island south_carolina south_dakota tennessee texas utah vermont virginia west_virginia
        wisconsin wyoming georgia ontario alberta manitoba saskatchewan nova_scotia queensland tasmania
    """,
    # In Arabic: bodies that an organisation has, with names of their own; what makes a place another one.
    "bodies of a body": """
        برنامج صندوق جامعة مفوضية كأس دوري بطولة جائزة كتائب ألوية
    """,
    "purposes": """
        لكرة للكرة لحقوق للاجئين لشؤون للطفولة للسكان للتنمية للتربية للعلوم للثقافة للفضاء للصناعة للهجرة للبيئة
        للمرأة للعمل للصحة للبث لألعاب للألعاب للسباحة للتجارة للطاقة للأدوية للمصارف للنقل للصحافيين للصحفيين
        للبرلمانات
    """,
    # What is in the east and west of a town itself: أحياء تعز الشرقية.
    "parts of a town": """
        أحياء ضواحي أطراف بلدات قرى مداخل غوطة أرياف مناطق حي
    """,
    "epithets": """
        great terrible conqueror magnificent bold fat lionheart elder younger wise pious fair
    """,
    "second surnames": """
        ruz garcia diaz ruiz ortiz silva vargas rojas mendoza torres flores rivera ramos reyes cruz morales herrera
        medina aguilar vega guzman soto castillo romero navarro dominguez serrano delgado moreno alvarado santos costa
        pereira oliveira ugarte gossens frias ayma saavedra bahamonde foulkes madariaga fontelles londono bermejo
        روث روز غارسيا ماركيز لوبيز سانشيز رودريغيز فرنانديز غوميز مارتينيز هيرنانديز أوغارتي غوسينس
    """,
    "directions after": """
        الشمالية الجنوبية الشرقية الغربية الشمالي الجنوبي الشرقي الغربي العربي الكبير الكبرى البيضاء
        الأزرق الأبيض الأسود الأحمر الأخضر
    """,
    # Between an institution and its place: the University of ..., the Bank of ...
    "institutions of": """
        sea university bank college school institute museum archbishop bishop tower cathedral church academy
        treaty duke
        earl duchess marquess bay gulf strait isle count
    """,
    "saying": """
        said says say told tells added adds warned warns stressed announced announces declared declares insisted
        argued replied noted called calls urged urges met meets visited visits arrived arrives left flew spoke
        speaks signed won lost wrote writes resigned refused rejected rejects accepted accepts promised pledged
        vowed expressed praised condemned backs hails slams seeks vows wins loses dies quits resigns leaves heads
        greets described denied confirmed has had is was will would also himself herself
        sent hosted voted opened closed stood sat ran kept thought knew heard read slept drank chose
        withdrew shook swore
        became served wants wanted discussed agreed thanked asked answered explained hopes hoped believes believed
        sought appeared took made held phoned gave came went stepped faces faced led leads ordered did does whose
        who قال قالت يقول تقول أضاف أضافت أكد أكدت يؤكد أعلن أعلنت أوضح أوضحت ذكر ذكرت صرح صرحت شدد شددت أشار أشارت
        رأى اعتبر اعتبرت دعا دعت حذر حذرت طالب طالبت التقى التقت يلتقي اجتمع اجتمعت زار زارت وصل وصلت غادر غادرت
        استقبل استقبلت بحث بحثت ناقش أعرب أعربت رفض رفضت وافق وافقت نفى نفت انتقد انتقدت تحدث تحدثت ألقى ألقت وقع
        وقعت أجرى أجرت تعهد تعهدت طلب طلبت ترأس عين أقال استقال استقالت توفي توفيت ولد ولدت وأد تولى تولت أبلغ أبلغت
        أدلى اتهم اتهمت هدد كتب كتبت سئل أجاب وعد جدد وصف وصفت يرى تعتقد يعتقد أبدى أثنى خاطب افتتح سافر عاد قرر
        صافح صافحت عانق كان كانت ظل بدا بدت أرسل أرسلت اقترح اقترحت اعترف أقر أصر حاول حاولت سعى قاد زعم ادعى توقع تمنى
        رد يرد مات ابتسم ضحك سخر صمت تراجع خاطب يعلن يصل يغادر يستقبل ينفي يرفض يطالب يهدد يحذر يتهم يدعو يبحث يجتمع
        يتحدث يتعهد يواصل يبدأ بدأ أنهى استأنف واصل تنحى هاجم تلا عبر ربط خرج جلس وقف
        استبعد رجح نوه أيد عارض بعث تلقى أوفد أطلع أفاد ألمح شجب استنكر استدعى عزى سأل نصح حث ناشد كلف ودع اصطحب رافق
        كشف لفت تابع تابعت ختم استطرد عقب علق مضى شكر هنأ عقد تسلم سلم خلف نجح فاز حضر شارك أصدر اتفق ندد رحب رحبت
    """,
    # In front of a person's name in Arabic: what belongs to a person.
    "of a person": """
        نظام حكومة إدارة خطاب تصريحات حكم عهد رئاسة منزل مكتب زيارة لقاء اغتيال مقتل وفاة رحيل استقالة اعتقال سياسة
        أنصار خصوم معارضي عائلة زوجة نجل شقيق ابن رسالة كلمة قوات خليفة سلف بقيادة برئاسة بزعامة حملة فريق مذكرات أن
        إن لأن وأن وإن بأن لكن against under with by and for succeeded replaced
    """,
    # Before and after a place.
    "of a place": """
        في من إلى مدينة محافظة ريف شمال جنوب شرق غرب قرب وسط بلدة سكان أهالي دولة جمهورية عاصمة العاصمة حكومة
        خارجية رئيس
        سفير سفارة ضواحي أحياء ولاية إقليم حدود ميناء قرية منطقة مملكة جبهة معارك نحو عبر حاكم قصف وفي ومن وإلى غربي
        شرقي شمالي جنوبي in from to near at between of into toward towards across through against outside inside
        around with
    """,
    # Before a body whose name is a word.
    "of a body": """
        مع ضد قيادة قيادي قيادات قادة زعيم زعماء مقاتلي مسلحي عناصر حكومة باسم أن إن لكن لأن وفد كتلة مرشح مرشحي بزعامة
        حركة تنظيم حزب كوادر أنصار مواقع
    """,
    # What is done to a place, without a preposition.
    "taking": """
        يزور تزور يغادر تغادر
        دخلت دخلوا يدخل تدخل استعاد استعادت يستعيد حاصر حاصرت تحاصر احتل احتلت يحتل اقتحم اقتحمت اجتاح اجتاحت قصفت تقصف
        حررت غزا غزت استهدف استهدفت تستهدف بلغ بلغت
    """,
    "prepositions": """
        في من إلى مع عن على لدى تجاه ضد بين حول وفي ومن وإلى ومع وعن وعلى
    """,
    # Before a noun that means any such thing: لا أمل في.
    "indefinite": """
        لا بلا دون بدون أي كل بعض ثمة هناك ليس وليس ليست بأي لأي لكل بكل أية كم رب كأي فلا ولا
    """,
    "place prepositions": """
        في من إلى داخل خارج نحو عبر عن حول
    """,
    "dates before": """
        in of since by until till early late mid last next this from between during to and on before after every
        each through
    """,
    "with": """
        مع ضد بين لدى ومع
    """,
    "times": """
        الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت اليوم الليلة الآن أمس الشهر الأسبوع العام السنة الصيف
        الشتاء الربيع الخريف الماضي المقبل القادم الجاري
    """,
    "auxiliaries": """
        is was has had will would did does
    """,
    "months days": """
        january february march april may june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec
    """,
    # Capitalised words that may follow a name without being part of a longer one.
    "may follow": """
        president prime minister foreign defence defense secretary ambassador chancellor king queen mr mrs ms dr sir
        general senator governor pope he she they we it his her the a an and but in on at for who when while where
        as with by to from of is was has had will if this that there two three i or nor after before since during
        time est gmt utc dc state administration government cabinet province governorate region peninsula countryside
        oblast district
    """,
    # Capitalised words before a name that are not part of it.
    "may precede": """
        instead still perhaps maybe thus hence therefore moreover furthermore nevertheless nonetheless otherwise rather
        indeed beyond except given whether unless until till ever never always often sometimes soon elsewhere abroad
        overnight tonight tomorrow here there neither either each all some most many few several another other such
        thanks back below above among throughout plus whatever whenever wherever whereas nor besides finally far
        the a an and but or in on at for from by to of with when while where as if that this since after before
        during meanwhile however yesterday today former late ex then both between under against near like unlike
        although though because until despite according even only also later earlier so yet now once again says said
        tell ask let how why what who whose which did does is was were are has had will would can could should may
        might must not no nor do first second last next our their his her its my your inside outside about across
        along around into onto over through within without toward towards per via versus amid among beside besides
        beyond downtown suburban wartime occupied besieged dear thank yes welcome visiting meeting addressing
        speaking asked told river american british french german russian soviet chinese japanese turkish syrian iraqi
        iranian egyptian israeli palestinian lebanese jordanian saudi indian pakistani italian spanish polish greek
        swedish norwegian danish finnish dutch belgian swiss austrian canadian mexican brazilian argentine cuban
        south african korean libyan algerian tunisian moroccan sudanese yemeni kuwaiti qatari ukrainian european
        western eastern arab republican democrat democratic conservative labour socialist communist us uk un eu usa
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december
    """,
    "directions": """
        north south east west northern southern eastern western new old upper lower greater central inner outer
        little saint st port san santa los las la el fort cape
    """,
    # A name that holds one of these after the known one belongs to another institution.
    "generic bodies": """
        جمعية منظمة جامعة
        صليب هلال مجلس وزارة بنك برلمان محكمة حزب جيش البنك المصرف هيئة لجنة اتحاد المجلس الاتحاد مفوضية
        الخارجية خارجية
    """,
    "changes a body": """
        المفتوحة المفتوح الافتراضية المدني
        الإسلامي الإسلامية
        القومي القومية الوطني الوطنية المحلي المحلية الإنمائي الأهلي العسكري الخليجي العربي العربية الإفريقي
        الأفريقي الآسيوي الأوروبي الأوروبية الإقليمي الأعلى المصري المصرية السوري السورية العراقي العراقية الإيراني
        الإيرانية التركي التركية الروسي الروسية الأميركي الأميركية الأمريكي الأمريكية الفرنسي الفرنسية البريطاني
        البريطانية الألماني الألمانية الإسرائيلي الإسرائيلية الفلسطيني الفلسطينية اللبناني اللبنانية الأردني
        الأردنية السعودي السعودية الصيني الصينية الياباني اليابانية الهندي الهندية الباكستاني الباكستانية الإيطالي
        الإيطالية الإسباني الإسبانية السوداني السودانية الليبي الليبية التونسي التونسية الجزائري الجزائرية المغربي
        المغربية اليمني اليمنية الكويتي القطري القطرية الأوكراني الأوكرانية اليوناني اليونانية البولندي البولندية
        الكندي الكندية السويسري السويدي النرويجي الهولندي البلجيكي الكوري الأفغاني الأفغانية
    """,
    # Names that are ordinary words too, and count only where something speaks for the name.
    "ordinary": """
        may hope turkey bush rice brown white black green gray grey king young long short hill wood woods stone
        field fields rose grace faith joy will mark bill rich frank grant chance pope bishop major march april june
        august summer winter day price cash church cook baker butler carter fisher hunter mason miller porter potter
        shepherd smith taylor turner walker ward weaver bond banks bell best bird bright brook brooks burns case
        cross dean fox ford forest gates gold hall hand hart heath high hood house hunt jordan lamb land lane lee
        light little love lowe marsh mills moon moore noble north south east west paine park parks parker penny pike
        pond power powers read reed rivers rush sharp singer small snow spring starr steel sterling storm strong
        swift trump wells wise wolf worth blunt straw home eden cod chad mali china georgia nice reading bath cork
        orange split phoenix mobile buffalo lima guinea niger cologne hamburg java panama jersey christian victor
        tyre iris ivy lily daisy melody harmony crystal amber ruby pearl dawn eve holly dole hull peel lord ball
        solidarity begin ban lie key gore foot lodge bunker lake pence hawke
        كريم صالح فرح الحكيم حماة أمل نور سعيد جميل عادل شريف حسن ناصر خالد سالم سليم منير وليد حاتم ماجد فاضل
        كامل جابر
        طاهر صادق أمين رشيد عزيز حبيب نبيل هادي مهدي راضي سعد فهد نمر أسد أسعد الأسد ذيب صقر نسر شاهين باسم بشير
        بديع حليم رحيم قاسم قادر ماهر مجيد محسن مخلص مراد منصور موفق نجيب نصر نعيم هاشم هلال وحيد ياسر يسار يحيى عمر
        عمرو زيد علي عباس عدنان عز عصام عوض غانم غازي فارس فؤاد فتحي فوزي فيصل كاظم كمال لطفي مأمون مختار مروان
        مسعود مصطفى معروف مفيد مقداد ملك نزار نضال هشام همام وائل وسيم بان كان صور مالي بال بون حمص تدمر جدة الخليل
        خليل الرقة رقة دير العين الباب السلط الزرقاء القصر القصير البيضاء المرج سرت بابل الحلة العمارة الكوت
        الناصرة رافع رائد قائد زاهر زكي سامي سامح شاكر شوقي صابر صبحي صبري طارق طلال ظافر عارف عامر عبيد عون الحص
        كرامي سلام الجميل الحافظ البيض الأحمر بنت جمعة حداد الحداد نجار خياط الصدر صدر حمدان رحمة هدى سلوى سمر منى
        مي مها نجاح نجوى ندى نسرين نهى وفاء ياسمين إيمان إخلاص أماني أمال آمال بسمة تهاني جنان حنان دعاء رجاء زهرة
        سحر شهد صفاء عبير غدير فاتن كوثر مريم ميساء وداد ولاء هيل حرب باب باول عنان مبارك
        حماس طالبان فتح النهضة القاعدة الوفد العمل الوفاق الكتائب البعث
        دوما السلمية التل الكسوة الميادين الخبر جنين القائم الرمادي حديثة بلد حجة الزاوية العيون بنين ليل مأرب المدينة
        فاس العقبة ماي أديب توفيق ناظم وجدان رحاب انتصار إلهام ابتسام الشرع المعلم سلامة السلامة المحامي الكاتب
        الشاعر القاضي المفتي الإمام
        الصياد الفلاح الحاج الحديدة المفرق الجوف لولا حجاب خطيب مشعل دول رئيسي بري غالي مشرف روحاني ظريف معصوم هنية
        روز بول عرب العربي مرسي عبود ثابت حازم حافظ نافع هاني وفيق ضياء بدر شمس قمر نجم نجمة فجر
    """,
    # Of these: adjectives, which nothing but a noun stands before: عن بري is about a man.
    "adjectives": """
        هادي كريم جميل عادل نبيل طاهر صادق فاضل ماجد كامل ثابت حازم نافع شاكر صابر معروف وحيد عزيز
        صالح
        رئيسي بري غالي مشرف روحاني ظريف معصوم هنية شريف سعيد مبارك رشيد
    """,
    # A bird, china plate, a flight of stairs: words that speak against a place or a person.
    "against": """
        turkey:sandwich,sandwiches,roast,roasted,stuffing,thanksgiving,dinner,oven,farm,meat
        turkey:bird,gravy,cranberry,leftover
        china:porcelain
        jordan:almond,almonds,basketball
        chad:hanging,ballot,ballots
        georgia:atlanta,savannah,augusta,bulldogs,peach,runoff,primary
        جورجيا:أتلانتا
        فورد:سيارة,سيارات,شاحنة,شاحنات,طراز,موتور
        java:script,programming
        cologne:perfume,aftershave,scent
        rice:fried,bowl,cooked,boiled,paddy
        الأسد:الحيوان,الغابة
        كريم:شهر,رمضان,قرآن,القرآن,حجر,أحجار
        المغرب:صلاة,أذان,العشاء,المشرق
        المالكي:المذهب,مذهب,الفقه,فقهاء
    """,
    "against before": """
        jordan:michael,air
        tyre:burst,flat,spare,rubber
        guinea:new
        eden:garden,gardens
        rice:brown,wild,white
        bush:rose,burning
        nice:very,so,really,a
        الأسد:حديقة,برج,عرين,زئير
        صالح:في,غير,كل,عمل,ماء
        حمص:طبق,صحن
        الحكيم:القرار,الرجل
        الأمل:على
        عدن:جنة,جنات,جنان
        قطر:نصف,طول
        صور:التقط,نشر,نشرت,عرض,معرض,شرائط
        مالي:مصدر,دعم,عجز,فائض,تعويض,مبلغ,عام,ضرر,وزير,خبير,محلل,وضع
        كان:إذا,لو,ما,كما,إن
    """,
    # Right after a word that may be a name these say that it is none: صدام بين سيارتين, سلام دائم, النيل منه.
    "against next": """
        turkey:vulture,vultures,shoot,burger,burgers,leg,legs,bacon,baster,sausage,carcass,hunt,hunters,breast
        china:plate,plates,cup,cups,cabinet,dishes,teapot,shop
        tyre:pressure,puncture
        georgia:governor,gov,senate,legislature,statehouse
        nice:work,try,job,one,guy,weather,day,to
        guinea:pig,pigs,fowl
        java:code,coffee
        bush:bushes
        حمص:بطحينة
        حماة:زوجها,زوجته
        قطر:الدائرة,دائرة
        صور:تذكارية,فوتوغرافية,جوية,قديمة,جديدة,حية,شمسية,أشعة,ملونة
        كان:إذا,لو,ما,كما
        بون:شاسع
        صدام:الحضارات,بين,مع,مروع,وقع,مسلح,دموي,عنيف,مباشر,عسكري,جديد,حتمي
        مصر:للطيران,الجديدة
        الصين:الوطنية
        خان:الخليلي,يونس,شيخون,العسل,الوطن,الأمانة,العهد,القضية,الثورة,بلاده,وطنه,شعبه,صديقه,زوجته,عهده,رفاقه,حليفه
        خان:الثقة,الحليف,الشعب,الحزب
        الرياض:الغناء,الخضراء,المزهرة
        النيل:من,منه,منها,منهم
        حلب:البقر,الأبقار,الغنم,الماعز
        فتح:باب,الباب,أبواب,الحدود,النار,تحقيق,تحقيقا,المعبر,المعابر,الطريق,الطرق,حساب,صفحة,بلاد,مكة
    """,
    # Words that look like a name after a particle, and are none.
    "no particles": """
        وعدن فعدن بعدن كنيس لصالح
    """,
    # What is said of things without an article: after a word that may be a name, too.
    "qualities": """
        شديد شديدة كبير كبيرة عظيم عظيمة بالغ بالغة واضح واضحة ظاهر ظاهرة دائم دائمة قوي قوية عال عالية طويل طويلة جديد
        جديدة قديم قديمة عنيف عنيفة مسلح دموي مباشر عابر شامل عادل قليل قليلة كثير كثيرة ضعيف ضعيفة سريع سريعة بسيط
        غامر منقطع مطلق تام زائف صغير صغيرة بعيد بعيدة قريب قريبة جميل جميلة مؤقت مستمر متزايد
    """,
    # Given names: another one before a surname means somebody else. Arab ones are spelled alike everywhere.
    "arab given names": """
        هواري عمران أديب كميل المنصف الشاذلي الباجي لخضر هوارية بلعيد مولود بوعلام كريمو النعمان
        ذوالفقار مجتبى رجب ناظم توفيق وجدان رحاب انتصار إلهام ابتسام
        نبيه تيمور صولانج بيار ستريدا جبران غبريال
        بهية نازك سهيلة ماجدة سامية عفاف نهلة نجوان ريهام رباب سناء ميادة غيداء لميس لمياء نيفين
        أروى أسيل بتول بشرى تماضر جمانة حصة حليمة خلود خولة دينا ديانا رابعة رقية روان زبيدة
        سعدية سلافة سمية شهناز شهيرة صفية عالية عبلة غزالة فوزية مروة مديحة منال منيرة ميرفت ناهد نعمات نعيمة هاجر
        وجيهة يسرا يسرى أيمن أدهم أمجد إياد إيهاب باقر برهان بلال بندر ثروت جواد حسام حمزة حمود
        خلدون دريد رضوان رؤوف سعدون شاهر شهاب صائب صهيب ضاحي طلعت عاصم عبدالملك عبدالحكيم عبدالحميد عبدالغني
        عبدالهادي عبدالجبار عبدالباسط عدلي عرفان عقيل عكرمة علوان عمار غيث فادي فائق فخري فرحان قحطان كنعان لقمان
        محيي مشعان مشاري معاوية منتصر مهيب نديم نظمي نهاد نوفل هارون هذال وديع وجيه يزيد يعرب عبدالإله عبدالرحيم
        عبدالخالق عبدالمنعم عبدالرؤوف عبدالواحد عبدالنبي عبدالمحسن
        أحمد محمد محمود حامد حميد حمد حمدي حسن حسين حسان محسن علي عمر عمرو عثمان أبو بكر خالد وليد طلال طارق زياد
        سعد سعيد أسعد سعود مسعود صالح صلاح فالح مصلح سالم سليم سلمان سليمان سامي سمير عبد عبدالله عبدالرحمن
        عبدالعزيز عبدالقادر عبدالناصر عبدالحليم عبدالكريم عبدالمجيد عبدالفتاح عبداللطيف عبدالسلام عبدالوهاب
        عبدالرزاق عبدربه كريم كرم كامل كمال كاظم جمال جميل جابر جاسم جعفر رشيد راشد رشاد رشدي رفيق رفعت رامي ياسر
        ياسين يوسف يحيى يونس إبراهيم إسماعيل إسحاق أيوب أنور أنس أنيس أمين أمير أكرم أشرف أسامة بشار بشير باسل باسم
        بسام بهاء تامر تيسير جورج جلال حافظ حازم حاتم حبيب حيدر خليل خليفة داود رائد رياض زكريا زين سيف شريف شكري
        شوقي صدام صبحي صبري صادق طه طاهر عادل عارف عاطف عامر عباس عدنان عدي عزت عزيز عصام علاء عماد غازي غسان فارس
        فاروق فؤاد فتحي فريد فهد فهمي فوزي فيصل فايز قاسم قصي قيس لطفي ماجد مازن ماهر مالك مبارك مجدي مختار مدحت
        مراد مروان مصطفى معاذ معتز معمر معن مقتدى ممدوح منذر منصور منير مهدي مهند موسى موفق مؤيد ناجي نادر ناصر نايف
        نبيل نجيب نزار نصر نضال نعمان نوري هادي هاشم هاني هشام هيثم وائل وسام وسيم ربيع زهير سهيل شفيق عبود عوض غالب
        فاضل فراس لؤي نواف ثامر آمنة أسماء أمل أميرة إيمان بثينة بسمة تغريد ثريا جميلة جيهان حنان خديجة دانا دلال
        نايلة فيروز وردة شادية نجلاء هيفاء ديمة لينا جومانا رولا رشا غنى تالا راما فرات عروة ليث مهيار كنان
        رانيا رغد رنا ريم زهراء زينب سارة سحر سعاد سلمى سلوى سميرة سهى سهير سوزان شيرين عائشة عبير غادة فاطمة فدوى
        فريدة لبنى لمى ليلى مريم منى مها الإسلام الدين الله الرحمن راجيف سونيا راهول سانجاي مهاتما المهاتما ميساء
        نادية نجاة نجوى ندى نوال نور هالة هبة هدى هند وفاء ياسمين
    """,
    # Words with the article and ي at the end that are no surnames: زار عباس الأراضي
    "no surnames": """
        الأراضي النادي المباني الأهالي الأغاني المعاني الماضي الحالي التالي الثاني الوادي الضواحي النواحي الموالي
        المنافي القوافي الأيادي
    """,
    # Given names that are hardly anything else, and before a full name are a son's or daughter's: علاء حسني مبارك
    "children": """
        أحمد محمود مصطفى إبراهيم إسماعيل يوسف خالد عثمان سعد سعيد جمال علاء بشار باسل ماهر عدي قصي طارق زياد بلال
        فهد نبيل سليمان حسام عصام هشام طلال رغد رنا أسماء عائشة خديجة مريم سوزان جيهان ليلى حنان
    """,
    "given names and verbs": """
        رفعت أشرف أكرم أسعد كرم خليفة قيس عاصم شاهر وسام نضال
    """,
    # Given names that may stand before the one a person is known by: any, and those only before some.
    "first of two": """
        محمد mohammed mohammad mohamed mohamad muhammad
    """,
    "first of two before": """
        akbar:ali asghar:ali reza:ali أكبر:علي أصغر:علي رضا:علي
    """,
    "given names": """
        مهاتير جهانغير شهباز منوشهر هوشنغ داريوش أردشير فرهاد بهزاد بهمن شاهبور مهرداد رامين كامبيز
        عصمت تورغوت بولنت جودت دنيز يشار أورهان شفق زلماي بابراك نواز بابكر
        ليندون موشيه داغ فولوديمير أليكسي فياتشيسلاف دوايت فرانسيسكو أليكسيس باتريس هيلا فولك غولدا روبن إيمري
        نورودوم يوليوس جومو ميليس أسياس فويتشيخ يانوش تودور إريش بولنت يفغيني غيورغي لافرينتي جيك ينس تريغفي سلوين
        شوان أفريل إيغون فالتر أورهو رادوفان راتكو فرانيو مارتي جواكيم أفونسو بابراك سايروس كورازون شينزو جونيتشيرو
        ثابو ديزموند سامورا أولوسيغون أدولفو روبير سيريمافو كوندوليزا مناحيم أرييل فيلي سلوبودان إنديرا بينظير
        نيلسون سلفادور فيديريكا توماش أدلاي أرلين ألدوس ألفين أليشا أماندا أماليا أنايس أنجلينا أنسيلم أنيتا أورسون
        أودري إدنا إدوين إسميرالدا إغناسيو إلزا إلموند إليوت إنغمار إينار إينيس بادي بايرون برادلي براد برايس بريت
        بريندا بلانش بوريسلاف بوزيدار بيتي بيثاني بيرتا بيرغيت بيرس تارا تاكيشي تامارا تشارلين تشاك تشستر تشيستر
        تريستان ترودي تورفالد جاسبر جاستن جاستين جاسيندا جانيت جرترود جوردي جورجينا جوزيفين جوسلين جولي جوني جيرار
        جيزيل داستن دارلين داغمار دامون دانتي دراغو دومينيكا دورا دوغ ديزي ديلان ديلما ديميتري ديمتريس ديمتريوس راجا
        راجيش راماسامي رامسي راندولف رايموند رايموندو روبرتا روبين روجيليو رودي روزاليند روفائيل روكسان روميو ريتشي
        ريغوبيرتا ريكي زاك زوران زولتان سامويل سانتياغو سبنسر ستايسي ستويان ستيليان سوزانا سوفي سوليفان سيغريد سيلين
        سيلفستر سيمور سيندي شارون شارلوت شيلا شيموس غارث غاليليو غراتسيا غرانت غريتشن غريغ غلين غوستافو غويلرمو
        غيليرمو غيرترود فابريس فاكلاف فالنتين فانيسا فرانشيسكا فرانشيسكو فرجينيا فرناندا فريدا فلورنتينو فلورنس
        فوجيسلاف فويسلاف فيتو فيرنر فيرنون فيلهلم فيليسيا فيوريلو كارستن كارلو كاسبر كالفن كانديس كراولي كريستا
        كلارنس كلارك كليمنت كليمنتين كنوت كورتني كورنيليوس كوستاس كوستانتينوس كونستانتين كونستانتينوس كيران كيرستن
        كيسي كينتارو لاسلو لاورا لوثار لودميلا لوسيان لولو ليام ليفي ليليان ليونور مارلون مارينا ماغنوس مالالا
        مانموهان موهان مانويلا ماوريسيو مايا مكسيم ميتي ميرا ميراي ميرتون ميريام ميريديث ميك ميلتون ميلوس ميلوش
        ميلوفان ميلينا ميها نارندرا ناريندرا ناثانيال ناديا نتاشا نستور نغوزي نيستور نيكوس نيلس نيكي هارفي هايدي
        هايلي هكتور هنرييت هوبرت هوراسيو هيلدا هيلغا هيوبرت واين ورنر وندل ويتني ويلسون ويلفريد وينغ ويلي ويليم
        يارومير ياسوهيرو ياسوو يوليانا يوليسيس يوشيرو يوناس يوهانا يوكيو هيديكي ناوتو شيغيرو إيساكو نوبوسوكي زينكو
        تاكيو كاكوي ماسايوشي تسوتومو سوسوكي كيئيتشي ريوتارو أوتافيو غوه ماهاتير سوسيلو جوكو ميغاواتي بنغت فيرديناند
        إيميلدا نوينوي بنيغنو أونغ راناسينغ ماهيندا غوتابايا تشاندريكا جونيوس
        ستيوارت جيرارد فيفيان ناتالي غريتا ديريك مورين ماريلين مارلين إنغريد إنجريد أنيت برناديت جاكي كلوديا
        كورنيليا دانييلا ديان دوريس إديث إيديث إديت إلسا إميلي إيميلي إستير إيستر إيفلين فلورا غلاديس غريس غلوريا
        جودي جوان جوانا جوليانا كاميلا كارمن كاترينا كلوي لورينا لويز لويزا لوسيا مادلين مارغو مارسيا مارغوت مارثا
        ميشيلا مونيكا نتالي نيكول نيكوليتا أولمبيا باميلا باولا باولين بولين بترا راشيل ريبيكا ريتا روث رونالدو سالي
        سيمونا ستيلا تيريز تيريزا تريسي فاليريا فيرا فيرونيكا فيرجينيا فيرونيك ويندي وندي إيمانويلا أدريان ألدو
        أليكس ألكس أليستر أنتون أرتور أوغست أوغستو أوغوستو بارت باستيان بنوا بيورن بيير بيار كاميل سيدريك كلاوس كورت
        كريغ دامير داميان دارين داريو دومينغو دراغان إدغاردو إلياس إلمار إميليو إنزو إنريكو إرنستو إروين إسطفان
        إيتان يوجيني فابيان فابيو فيليكس فيليبي فلوريان فرديناند فريتز غابريال غاستون جورجيس غونار غوران هاكان هانسي
        هاينريش هاينز هنريك هنريكي إيفو جاكوب جيسون جيرمي جيرالدو جيسوس يواخيم جواكين جويل جوناس جوردان جوش جوشوا
        جوزيب يوزف كاي كايل كيفن كيرت كلاوديو كلاوديا لارس لورينزو ليستر لوثر لوكاس مانويل مانفريد مارسيلو ماكس
        ماكسيم ميغال ميكولا ميروسلاف موريتز ناثان نيلز أوكتافيو أولي أوليف باولو بيرسي ريكس رينالدو رينو رينزو روجيه
        رودريغو رولان روني روس راسل رايان سالفادور سباستيان سيغفريد سيلفان سفين تييري توبي تود تورستن ترافيس تريفور
        أوفه فيليم فنسان فيتوريو فلاديسلاف فولفغانغ وولفغانغ والدو ويسلي ولفريد كزافييه زافييه زيغفريد زدنيك بوغدان
        بوهوسلاف إستيبان ألفارو ألونسو أرماندو إدواردو إيلاريو إيزاك إيتمار يائير غلعاد داليا تسيبي تسفي شلومو شاؤول
        شمويل أفيغدور يوآف يوسي يوفال عمير عميت رافي رؤوفين ناحوم ناتان إفرايم يغآل أهارون بنحاس كيجي تارو هيروشي
        يوكو أكيكو كينجي سانجيف أرجون أنيل سونيل فيجاي كيشور سوريش راميش أميتاب بريانكا فارون بيندو آصف بيلاول
        زرداري أحمدو مامادو ماكي كواسي ندابا سيريل ويني غراسا
        annette bernadette jackie claudia cornelia daniela edith emily flora gladys camila carmen katerina chloe
        louisa louise lucia madeleine margot marcia mathilde nicole nicolette paula simona valeria alistair alastair
        alex anton auguste bastian benoit bjorn camille cedric claus klaus damian darren dario dragan edgardo elias
        emilio enzo enrico ernesto erwin ethan fabian fabio felipe florian ferdinand fritz gaston gunnar goran hakan
        heinrich heinz henrik ivo jakob joachim joaquin joel jonas josh josef kai lars lorenzo lester luther lucas
        manuel manfred marcelo maxim mykola moritz nathan niels octavio paolo percy reinaldo renaud renzo rodrigo
        roland ronnie ryan sebastien siegfried sylvain sven thierry todd torsten travis uwe vittorio vladislav
        wolfgang wesley xavier esteban alvaro alonso armando eduardo ilario yair dalia tzipi tzvi shlomo shaul
        shmuel avigdor yoav yossi yuval amir amit natan ephraim yigal aharon pinchas akiko hiroshi kenji anil sunil
        vijay ramesh amitabh priyanka varun asif murad winnie zindzi graca mehdi hamid reza farhad leyla emine semra
        tansu deniz cem mustafa kemal ozgur ayse zeynep fatma hakim khalid waleed walid tarek nabil samir sami ziad
        ziyad imad fouad fuad adel adnan ghassan hani hisham jihad kamal khalil majid mansour marwan mazen munir
        nadim najib nasir nizar qasim raed riad riyad sabri salah shafiq sharif suhail talal wael yahya youssef zaki
        zein bassam bassel basel hala hanan huda iman jihan jehan lina maha mona nawal noor rana randa reem rima
        sahar salma samar sawsan suha suzanne yasmin zainab nazik bahia ivana lara donnie jared melanie doria meghan
        kathy elena olena sergio galina larisa tamara yelena natasha ludmila lyudmila nino tatyana zoya mila dunja
        marija vesna zoran branko dusan mirko nikola stjepan vojislav zdravko mira jovanka misha sasha aleksandr
        alexandre sofie hanne inge gretchen
        هانتر ميليندا ماكنزي بيفرلي أشلي ميغان ميلاني كيرا كايلا
        جاكلين روزماري بريتني آشلي جيسيكا جنيفر كيلي تايلور إيلين ميريل ميراندا سينثيا تيفاني بارون ماركو روبرتو
        فرناندو غابرييلا إيزابيل إيزابيلا ماتيلد كلير صوفي صوفيا ألكسيس بنديكت كليمنس لودوفيك تيودور هوراس هيكتور
        أندرياس كريستوف غيوم مارسيل موريس رينيه ريمون إتيان إيف إيميل باسكال جيروم برونو إنريكي ألفونسو رامون
        jacqueline rosemary brigid ethel caroline jennifer jessica kelly taylor ellen meryl miranda cynthia tiffany
        barron marco roberto fernando gabriela isabel isabella matilda claire sophie sophia alexis benedict clement
        theo horace hector andreas christoph guillaume marcel maurice rene raymond etienne yves emile pascal jerome
        bruno enrique alfonso ramon stuart craig derek duncan malcolm nigel ross russell trevor wayne abraham adam
        adrian aaron amy audrey betty beth carol cathy charlotte cheryl cindy connie diana diane donna doris elaine
        elsa erica esther eva evelyn felix florence frances grace greta hannah harriet heidi hilda holly ingrid irene
        isaac jacob jacques jason jeremy jill joan joanna joshua joyce judith judy karen katherine kevin kurt kyle lena
        leonora lola lorraine lydia mabel magda marcus marilyn marina marjorie martha maureen max mildred molly monica
        nadine nancy naomi natalie nina norma olivia otis pamela penelope petra philippa phyllis rachel rebecca regina
        renata rita rebekah ruth sabine sally sean sebastian shane sharon sheila sidney silvia simone stella sylvia
        teresa theresa tracy trudy ursula vera veronica viola virginia vivian walter wilfred wilhelm zoe
        ألن جون جورج جيمس جيم جيمي جيب جاك جان جين جوزيف جو جوزف جوناثان جوليان جيرالد جيري جيفري جيل جيلبرت جينا روبرت
        رونالد روجر رودني رالف راندي ريتشارد ريموند ريجينالد رون روز روزالين لورا باربرا بربارا نانسي هيلاري تشيلسي
        شيلسي بيل وليام ويليام وليم والتر وارن وين ونستون ديفيد دايفيد دافيد دان دانيال دانييل دوغلاس دونالد دينيس
        دنيس مايكل مايك ميشيل ميشال ميشلين مارك ماركوس مارتن مارتين ماري ماريا مارغريت مارغريتا ماري-لويز ماريان
        مالكولم ماثيو ميلانيا ميليسا ميتش توماس توم توني تيد تيري تيموثي تيم ستيف ستيفن ستيفان ستيفاني ستانلي
        سامانثا ساندرا ساندي سكوت سوزان سارة شارل شارلز تشارلز تشارلي شيري شون شيرلي فرانك فرانسيس فرانسوا فرانسوان
        فرنسوا فرانز فريد فريدريك فريدريش فيليب فيكتور فيكتوريا فنسنت فلاديمير فلادمير فيودور فاليري فالنتينا كارل
        كارلوس كارولين كارلا كريس كريستوفر كريستين كريستيان كلود كلارا كولن كولين كونراد كيت كيث كيم كين كينيث كلايف
        كليف كاثرين كاترين كامالا لاري لورانس لويس لوسي لودفيغ ليو ليون ليونيد ليونارد ليندا ليزا ليز نيك نيكولا
        نيكولاس نيكولاي نيل نورمان نورا نعومي نتاليا هارولد هاري هانس هانز هنري هيلموت هلموت هيلين هيلينا هيو هوارد
        هوغو هربرت هيرمان هيثر هنتر أندرو أندريه أندريا أندريس أنتوني أنطوني أنطوان أنطونيو أنجيلا أنغيلا أنجلا آنا
        آنا-ماريا أوسكار أولاف أولوف أوتو أوليفر أوليفييه ألبرت ألكسندر الكسندر ألكسندرا ألكسي أليس ألان آلان ألفريد
        آرثر آرنولد إدوارد إدوار إدغار إدموند إليزابيث اليزابيث إليانور إيلي إريك إيريك إرنست إميل إيما إيمانويل
        إيفان إيفانكا إيفون إيان إيلون إيهود إسحق إيغور إيرينا إينوك بافل باتريك باتريشا بابلو باري بول بولا بيتر
        بيرت بيرني بيترو بيدرو بريان برايان برنارد بروس بريجيت برنت برتراند بن بنيامين بنجامين بوب بوبي بوريس باراك
        ميخائيل ميكائيل ميغيل ماريو ماتيو ميلان يوهان يوهانس يوري يوجين يورغن يوخن يوشكا يان يانيس يوليا سيرغي سيرجي
        سرغي سيرج سيمون سيغموند سفيتلانا رايسا رومان رودولف روزا ريكاردو رافائيل راؤول رائول فيدل فيديل خوسيه خوان
        خورخي خافيير خايمي غابرييل غابي غاري غافن غوردون غريغوري غريغور غراهام غوستاف غونتر غونزالو غويدو غيرهارد
        غوتفريد جيرهارد جيوفاني جوليا جوليو جورجيو جورجي جوردون جريجوري ديمتري دميتري دومينيك دوروثي ديك دييغو
        ديبورا تشي تشو تيتو ثيودور ثيو توبياس لوران لورين لوك لوكا لوتشيانو ماورو ماسيمو ماتيلدا سيلفيو سيلفيا
        سيباستيان سيسيل سيسيليا زبيغنيو ليخ لياش فاتسلاف فويتشخ تاديوش ستانيسلاف نيكيتا أناتولي غينادي فيتالي أوليغ
        أولغا غالينا تاتيانا john george james jim jimmy jeb jack jean jane joseph joe jonathan julian gerald jerry
        jeffrey gilbert gina robert ronald roger rodney ralph randy richard raymond roy ron rose rosalynn laura
        barbara nancy hillary chelsea bill william walter warren wayne winston david dan daniel douglas donald dean
        denis dennis michael mike michel michelle mark martin mary maria margaret marian malcolm matt matthew
        melania melissa mitch thomas tom tony ted terry timothy tim steve stephen steven stefan stephanie stanley
        sam samantha sandra sandy scott susan sarah charles charlie cherie sean shirley frank francis francois franz
        fred frederick friedrich philip phil victor victoria vincent vladimir fyodor valery valentina karl carl
        carlos caroline carla chris christopher christine christian claude clara colin conrad kate keith kim ken
        kenneth clive catherine kathleen kamala larry laurence lawrence lewis louis lucy ludwig leo leon leonid
        leonard linda lisa liz lynn nick nicholas nicolas nikolai neil norman nora naomi natalia harold harry hans
        henry helmut helen helena hugh howard hugo herbert herman heather hunter andrew andre andrea andres anthony
        antoine antonio angela anna ann anne oscar olaf olof otto oliver olivier albert alexander alexandra alexei
        alice alan allan allen alfred arthur arnold edward edgar edmund elizabeth eleanor eric ernest emil emma
        emmanuel ivan ivanka yvonne ian igor irina paul pauline peter pierre pete patrick patricia pablo barry pat
        bernie pedro brian bernard bruce brigitte brent bertrand ben benjamin bob bobby boris barack mikhail miguel
        mario matteo johan johannes yuri eugene jurgen jochen jan julia sergei sergey simon sigmund svetlana raisa
        roman rudolf rosa ricardo rafael raul fidel jose juan jorge javier jaime gabriel gary gavin gordon gregory
        graham gustav gunter guido gerhard giovanni giulio giorgio dmitri dmitry dominic dorothy dick diego deborah
        theodore toby luke luca lech vaclav tadeusz nikita lev anatoly gennady oleg olga tatiana ahmed mohammed
        muhammad mahmoud hassan hussein ali omar khaled tariq saad said saleh salem salim salman ibrahim ismail
        yusuf yasser jamal gamal anwar hosni hafez bashar maher rifaat asma saddam uday qusay muammar saif rafik
        rafiq bahaa fatima layla leila aisha amina nadia karim rashid rajiv sonia rahul sanjay mahatma abdul
        abdullah abdel nasser paris hilton kerry ashley brooke jenna doug tipper roberta gloria wendy irving
    """,
}


@functools.cache
def speaks_against(which: str = "against") -> dict[str, frozenset[str]]:
    """For a word, those near it (`against next`: right after it) that show that the name is not meant."""
    found: dict[str, frozenset[str]] = {}
    for line in LISTS[which].split():
        word, _, others = fold(line).partition(":")
        found[word] = found.get(word, frozenset()) | frozenset(others.split(","))
    return found
