"""Which language a text is in: right at article length, silent when unsure, bounded."""
# ruff: noqa: E501 (a sentence is a line)

import time
import unicodedata

import pytest

from provenance.text.language import detect_language

SENTENCES = [
    (
        "en",
        "The mayor of the town said on Friday that the old bridge must be inspected before winter, and that the council had already set aside money for the work.",
    ),
    (
        "ru",
        "Мэр города сказал в пятницу, что старый мост надо проверить до зимы, и что совет уже выделил деньги на эту работу.",
    ),
    (
        "uk",
        "Мер міста сказав у п'ятницю, що старий міст треба перевірити до зими, і що рада вже виділила гроші на цю роботу.",
    ),
    (
        "be",
        "Мэр горада сказаў у пятніцу, што стары мост трэба праверыць да зімы, і што савет ужо вылучыў грошы на гэтую працу.",
    ),
    (
        "de",
        "Der Bürgermeister sagte am Freitag, die alte Brücke müsse vor dem Winter geprüft werden, und der Rat habe das Geld dafür schon bewilligt.",
    ),
    (
        "fr",
        "Le maire de la ville a déclaré vendredi que le vieux pont devait être inspecté avant l'hiver et que le conseil avait déjà débloqué l'argent.",
    ),
    (
        "es",
        "El alcalde de la ciudad dijo el viernes que el viejo puente debe ser inspeccionado antes del invierno y que el consejo ya ha destinado el dinero.",
    ),
    (
        "it",
        "Il sindaco della città ha detto venerdì che il vecchio ponte deve essere ispezionato prima dell'inverno e che il consiglio ha già stanziato i soldi.",
    ),
    (
        "pl",
        "Burmistrz miasta powiedział w piątek, że stary most trzeba sprawdzić przed zimą i że rada przeznaczyła już pieniądze na te prace.",
    ),
    (
        "ro",
        "Primarul orașului a declarat vineri că podul vechi trebuie verificat înainte de iarnă și că a fost deja alocată suma necesară de consiliu.",
    ),
    (
        "tr",
        "Belediye başkanı cuma günü eski köprünün kıştan önce incelenmesi gerektiğini ve meclisin bu iş için parayı ayırdığını söyledi.",
    ),
    (
        "az",
        "Şəhərin meri cümə günü köhnə körpünün qışdan əvvəl yoxlanılmalı olduğunu və şuranın bu iş üçün artıq pul ayırdığını bildirib.",
    ),
    ("hy", "Քաղաքապետը ուրբաթ օրը ասաց, որ հին կամուրջը պետք է ստուգել մինչև ձմեռ։"),
    ("ka", "ქალაქის მერმა პარასკევს თქვა, რომ ძველი ხიდი ზამთრამდე უნდა შემოწმდეს."),
    (
        "cs",
        "Starosta města v pátek řekl, že starý most je třeba před zimou zkontrolovat a že rada na tuto práci již uvolnila peníze.",
    ),
    (
        "sk",
        "Starosta mesta v piatok povedal, že starý most treba pred zimou skontrolovať a že rada už na túto prácu vyčlenila peniaze.",
    ),
    (
        "bg",
        "Кметът на града каза в петък, че старият мост трябва да бъде проверен преди зимата и че съветът вече е отделил пари за тази работа.",
    ),
    (
        "sr",
        "Градоначелник је у петак рекао да стари мост мора да се прегледа пре зиме и да је веће већ издвојило новац за тај посао.",
    ),
    (
        "sr",
        "Gradonačelnik je u petak rekao da stari most mora da se pregleda pre zime i da je veće već izdvojilo novac za taj posao, a predsednik opštine je dodao da će radovi trajati dve nedelje.",
    ),
    (
        "hr",
        "Gradonačelnik je u petak rekao da stari most treba pregledati prije zime i da je vijeće već izdvojilo novac za taj posao, a predsjednik općine dodao je da će radovi trajati dva tjedna.",
    ),
    (
        "pt",
        "O prefeito da cidade disse na sexta-feira que a velha ponte deve ser inspecionada antes do inverno e que o conselho já destinou o dinheiro.",
    ),
    (
        "nl",
        "De burgemeester van de stad zei vrijdag dat de oude brug voor de winter moet worden gecontroleerd en dat de raad het geld al heeft vrijgemaakt.",
    ),
    ("el", "Ο δήμαρχος είπε την Παρασκευή ότι η παλιά γέφυρα πρέπει να ελεγχθεί πριν από τον χειμώνα."),
    ("ar", "قال رئيس البلدية يوم الجمعة إن الجسر القديم يحتاج إلى فحص قبل الشتاء وإن المجلس خصص المال لذلك."),
    (
        "fa",
        "شهردار روز جمعه گفت که پل قدیمی باید پیش از زمستان بازرسی شود و شورا پول این کار را کنار گذاشته است.",
    ),
    ("he", "ראש העיר אמר ביום שישי שיש לבדוק את הגשר הישן לפני החורף ושהמועצה כבר הקצתה לכך כסף."),
    ("zh", "市长星期五表示，这座旧桥在冬天之前需要全面检查，市议会已经为此拨款。"),
    ("zh", "市長星期五表示，這座舊橋在冬天之前需要全面檢查，市議會已經為此撥款。"),
    ("ja", "市長は金曜日に、古い橋は冬の前に点検が必要だと述べ、議会はすでに予算を確保したと話した。"),
    ("ko", "시장은 금요일에 오래된 다리를 겨울 전에 점검해야 한다고 말했다."),
    ("hi", "महापौर ने शुक्रवार को कहा कि पुराने पुल की सर्दियों से पहले जाँच होनी चाहिए।"),
    ("th", "นายกเทศมนตรีกล่าวเมื่อวันศุกร์ว่าสะพานเก่าต้องได้รับการตรวจสอบก่อนฤดูหนาว"),
    (
        "kk",
        "Қала әкімі жұма күні ескі көпірді қысқа дейін тексеру керек екенін айтты және кеңес бұл жұмысқа ақша бөлді.",
    ),
    (
        "mk",
        "Градоначалникот во петокот рече дека стариот мост треба да се провери пред зимата и дека советот веќе издвоил пари.",
    ),
    (
        "da",
        "Byens borgmester sagde fredag, at den gamle bro skal undersøges før vinteren, og at rådet allerede har afsat pengene.",
    ),
    (
        "no",
        "Byens ordfører sa fredag at den gamle broen må undersøkes før vinteren, og at rådet allerede har satt av pengene til arbeidet.",
    ),
    (
        "sv",
        "Stadens borgmästare sade på fredagen att den gamla bron måste undersökas före vintern och att rådet redan har avsatt pengarna.",
    ),
    ("fi", "Kaupungin pormestari sanoi perjantaina, että vanha silta on tarkastettava ennen talvea."),
    ("hu", "A város polgármestere pénteken azt mondta, hogy a régi hidat a tél előtt ellenőrizni kell."),
    ("lt", "Miesto meras penktadienį pareiškė, kad senas tiltas turi būti patikrintas iki žiemos."),
    ("lv", "Pilsētas mērs piektdien sacīja, ka vecais tilts jāpārbauda pirms ziemas."),
    ("et", "Linnapea ütles reedel, et vana sild tuleb enne talve üle vaadata."),
]

RUSSIAN = dict(SENTENCES)["ru"]
GERMAN = dict(SENTENCES)["de"]


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_every_language_at_article_length(code, sentence):
    assert detect_language("\n\n".join([sentence] * 6)) == code


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_one_sentence_is_right_or_unknown(code, sentence):
    assert detect_language(sentence) in (code, None)


@pytest.mark.parametrize(
    "text", ["", "OK", "2024", "12.06.2024 18:30", "Lukas Meier", "!!! ??? ...", "\x00\x1b[31m"]
)
def test_too_little_text_is_unknown(text):
    assert detect_language(text) is None


def test_half_and_half_is_unknown():
    assert detect_language((RUSSIAN + "\n") * 5 + (GERMAN + "\n") * 5) is None


def test_a_foreign_headline_or_menu_does_not_decide():
    assert detect_language("Home News Sport Business Contact\n" + (RUSSIAN + "\n") * 5) == "ru"


def test_addresses_do_not_speak():
    links = " ".join(f"https://example.org/news/the-mayor-said-on-friday-{n}" for n in range(40))
    assert detect_language(links + " " + RUSSIAN * 3) == "ru"


def test_decomposed_text_is_read_like_composed():
    polish = dict(SENTENCES)["pl"] * 3
    assert detect_language(unicodedata.normalize("NFD", polish)) == "pl"


def test_control_and_stray_characters_do_no_harm():
    assert detect_language("\x00\x1b\ufffe\ud800" + RUSSIAN * 3 + "\U000f0000") == "ru"


def test_the_cost_does_not_grow_with_the_text():
    long = RUSSIAN * 50_000
    begin = time.process_time()
    assert detect_language(long) == "ru"
    assert time.process_time() - begin < 0.1
