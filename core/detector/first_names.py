"""Czech first names with their short forms, both ways: who is called Marie may be written of as Mařenka."""

from collections import defaultdict
from functools import lru_cache

from core.detector.inflection import fold

# Each line: the name, and what people make of it. A form may stand with several names.
_TABLE = """
Adam Áďa Adámek Adámko
Adéla Adélka Áďa Adelka Áda
Adriana Áďa Adrianka Adrianna
Albert Bert Bertík
Alena Alenka Ája Alča Lena Lenka
Aleš Alešek Alda Aleška
Alexandr Alex Saša Sašenka Aleksandr Oleksandr Alexander Sašo Alexej
Alexandra Saša Alex Sandra Saška Aleksandra Oleksandra
Alice Alička Ála Alča
Alois Lojza Lojzík Lojzek Alojz
Alžběta Běta Bětka Bětuška Eliška Líza Bětina Betty
Amálie Máli Málinka Amálka Ája
Anastázie Nasťa Stáza Anastasia Anastasija
Anděla Andělka Andula
Andrea Andrejka Áďa Andy
Andrej Andrejko Andrij Ondrej
Aneta Anetka Anet
Anežka Anežka Ágnes Anyna
Anna Anička Andula Anča Anka Nanynka Ančí Áňa Annie Andulka Aninka Aňa Hanna Ganna
Antonie Tonička Tonka Tonča
Antonín Tonda Toník Tonouš Tonek Tony Toníček Anton
Arnošt Arna Arnoštek Ernest
Barbora Bára Barča Barunka Barka Baruška Barbara Barborka Bářa
Bedřich Béďa Bedříšek Fritz Fricek
Blanka Blani Blanička
Blažena Blaženka Blaža
Bohdan Bohouš Bóďa Bogdan Bohdánek
Bohumil Bohouš Bohoušek Míla
Bohumila Bohunka Bohuška Míla
Bohumír Bohouš Mirek
Bohuslav Bohouš Sláva Bohuš
Bohuslava Slávka Bohuna
Boris Borisek Bóra
Bořivoj Bořek Bořík
Božena Boženka Božka Bóža
Břetislav Břéťa Břeťa Sláva Břetík
Cecílie Cilka Cilča Cecilka
Ctirad Ctík Ráďa
Čeněk Čenda Vincenc
Dagmar Dáša Dášenka Dagmara Dáška
Dalibor Bořek Dali Borek Libor
Dana Danka Danuška Danča Danuta Daňka
Daniel Dan Daneček Danek Danda Danny Danielek Danil Danylo
Daniela Dana Danka Danča Danielka
Darina Darinka Dáda Darja Daryna
David Davídek Dejv Davča Dejvid
Denis Deny Denisek Denys
Denisa Deniska Denča Denny
Dita Ditka Dituška
Dobromila Míla Dobra
Dominik Domča Domin Nik Dominiček Domda
Dominika Domča Nika Domka Domi
Dorota Dorka Dora Dorotka
Drahomír Drahoš Mirek
Drahomíra Drahuška Míra Drahoška
Drahoslava Drahuška Drahoška
Dušan Dušek Duško Duša
Edita Edit Editka Dita
Eduard Eda Edáček Edík Edek Edward
Ela Elinka Elka
Elena Elenka Lena Olena Jelena
Eliška Elinka Ela Líza Eli Elis Elka
Ema Emička Emma Emilka
Emil Emílek Milek Míla Milda
Emilie Emilka Míla Milka Ema
Erik Eriček Ríša Erich
Erika Erička Ery
Ester Esterka Esti
Eva Evička Evka Evča Ivka Evinka Evuška
Evžen Evžík Evža Jevhen Jevgenij Eugen Yevhen Ženja
Evženie Evženka Evža
Ferdinand Ferda Ferdík Nanda
Filip Fíla Filípek Filda Fíďa Fildík Pilip
František Franta Fanda Fanouš Franc Frantík Fanoušek Francek Fero
Františka Fanka Fany Fanynka Fanča
Gabriel Gába Gabo Gabrielek
Gabriela Gábina Gabka Gabča Gába Gábi Gabrielka Gabina
Gita Gitka Gituška
Gustav Gusta Gusťa Gustík
Hana Hanka Hanička Háňa Hanča Hani Haninka Hanuška
Helena Helenka Hela Heluš Helča Lenka Leni Olena Helka
Herbert Bert Hera
Hedvika Heda Hedvička Hedvi Hedva
Hubert Hubík Bert
Hynek Hyneček Hynouš Hyna Ignác
Hugo Hugoušek Hugánek
Ignác Náca Ignácek Hynek
Ilona Ilonka Ila Ilča
Ingrid Inga Ingridka
Irena Irenka Irča Irka Ina
Iva Ivka Ivuška Ivča Ivinka
Ivan Ivánek Váňa Vanek Ivoš Ivanek
Ivana Ivanka Iva Ivka Ivča Váňa Ivánka
Iveta Ivetka Iva Yvetta Iveťa
Ivo Ivoš Ivoušek Ivánek Iva
Izabela Bela Iza Bella
Jáchym Jachymek Jáchymek Jáša
Jakub Kuba Kubík Jakoubek Kubíček Kubka Jakoub
Jan Honza Jenda Jeník Honzík Jeníček Janek Johan Janko Hans Hanuš Jano Honzíček Ivan
Jana Janička Janka Janina Jája Jani Janinka Jaňa Janča
Jarmila Jarka Jarča Jarmilka Míla Jára
Jaromír Jarek Jára Jarda Mirek Jaroušek
Jaroslav Jarda Jára Jarek Jaroušek Sláva Slávek Jardík Járaš Jaroslavek Jaryk
Jaroslava Jarka Jaruška Slávka Jarča Jára Jaruna
Jindřich Jindra Jindříšek Jindřišek Heinrich Henry Henrich
Jindřiška Jindra Jindruška Jindřina
Jiří Jirka Jiřík Jiříček Jura Jirko Jíra Jiroušek Jurka Jurek Jurij Juraj
Jiřina Jiřinka Jířa Jirka Jiřka Jiřča
Jitka Jituška Jíťa Juditka Jiťka Judita
Johana Johanka Jana Hana Joha
Jolana Jolanka Jola Jolča
Jonáš Jonášek Jony
Josef Pepa Pepík Jožka Josífek Pepíček Joza Pepek Jožin Jožo Pepan Bepo Jozef Jóža
Josefa Pepina Josefka Jožka
Josefína Pepička Josefínka Pepina Josina Fína
Julie Julinka Julča Jula Julka Julia Julija Yulia Yuliia
Julius Jula Julek Julda
Justýna Justýnka Justinka Týna Justina
Kamil Kamílek Kája Míla Kamča
Kamila Kamilka Kamča Kája Míla
Karel Kája Karlík Kadlík Karlíček Karlos Kájík
Karolína Kája Karolínka Kari Karla Lína Karolina
Kateřina Katka Káťa Kačka Kačenka Kateřinka Katuška Káča Kačí Katy Kačena Kateryna Jekatěrina Katerina
Klára Klárka Kája Klárinka Kláruška
Klaudie Klaudinka Klauda
Kristián Kristy Kristiánek Christian
Kristýna Kristýnka Týna Týnka Kika Kristy Kristina Christina Tynka Kris
Květa Květuška Květka
Květoslava Květa Květuška Květka
Květuše Květa Květuška Květka
Ladislav Láďa Laďka Ladík Ládíček Laco Ladíček Lada Ládík László
Ladislava Láďa Laďka Ladka Ladislavka
Lenka Leni Lenička Lenča Lenuška Lena
Leoš Leošek Leo Leoško Leon
Leopold Polda Leo Poldík
Libor Libík Liborek Bořek
Libuše Libuška Líba Libka Libunka
Lidie Lída Lidka Liduška Lydie
Liliana Lili Lilka Lilinka
Linda Lindička Linduška
Lubomír Luboš Lubošek Mirek Ľubomír
Luboš Lubošek Ľuboš Lubomír Lubko
Lucie Lucka Lucinka Lucča Luci Lucia
Ludmila Lída Liduška Lidka Míla Ludmilka Luďka Ljudmila Lidunka Liudmyla
Ludvík Luďa Ludva Ludvíček Luděk Ľudovít
Luděk Luďa Luďánek Ludva
Lukáš Luky Lukášek Luki Luca Lukáško
Magdaléna Magda Majda Magduška Lenka Madla Mája Magdička Magdalena Madlenka
Marcel Marcelek Mára Marcílek
Marcela Marcelka Máca Marcelina
Marek Mareček Mára Maroušek Maryk Markus
Marie Mařenka Maruška Máňa Mařka Manka Majka Mája Márinka Maryška Manča Marjánka Maria Marija Mariya
Marián Mariánek Marian Majo
Markéta Markétka Marky Maky Mája Gita Marketa
Marta Martička Martuška Mája Máťa
Martin Martínek Máťa Marťas Máca Maťko Martínko
Martina Martinka Máťa Marťa Tina Máca Martča
Matěj Matýsek Matějík Maty Máťa Matějíček Matej Matvij
Matouš Matoušek Matus Maty
Matyáš Matýsek Maty Matyášek Máťa Matias
Maxim Max Maxík Maksym Maxmilián
Michaela Míša Michalka Miki Míšenka Misha
Michal Míša Michálek Miky Majkl Mišák Michail Mychajlo Misha Mikael
Mikuláš Miki Mikulášek Mikoláš Mykola Nikolaj Nikola
Milada Milka Miládka Láďa Míla Milda Lada
Milan Milánek Míla Mílan Milouš Milda Milánek
Milena Milenka Milka Míla Milča Miluna
Miloslav Milda Miloš Slávek Míla Milouš
Miloslava Milka Slávka Miloška Míla Milda
Miloš Milda Milouš Milošek Míla Miloušek
Miluše Miluška Milka Míla Milunka
Miroslav Mirek Míra Mireček Mirda Mirko Miro Miroušek Slávek Sláva Myroslav
Miroslava Mirka Míra Miruška Mirča Slávka Myroslava
Monika Monička Móňa Moni Moňa Monča Monuška
Naděžda Naďa Naděnka Naďka Nadia Nadija Nadja
Natálie Natálka Naty Nata Nátalka Natalie Natalija Nataša Natalia Nataliia
Nela Nelinka Nelča Kornélie
Nikola Nika Niki Nikolka Niky Nikol
Nikola Niko Mikuláš
Norbert Bert Norba Norbík
Oldřich Olda Oldříšek Oldánek Oldík Ulrich
Oldřiška Olda Oldřinka
Oleg Oleh Olexa
Olga Olinka Olina Olča Oluška Olja Olha
Oliver Oli Olík
Ondřej Ondra Ondrášek Ondrej Ondrášek Ondříček Ondrík Andrej Ondřejek
Otakar Ota Otík Otoušek Otakárek
Oto Ota Otík Otto Otoušek
Patricie Patka Paťa Pata Patricia
Patrik Paťa Pat Patriček Patrick
Pavel Pavlík Pája Pavlíček Pavlo Pavol Paul Paja Pavlínek
Pavla Pavlínka Pája Pavlinka Pavli Pavča
Pavlína Pavlínka Pája Pavla Pavlina Pavča
Petr Péťa Petřík Petříček Peťan Peťka Petráš Petko Peter Petro Peťa Pítr Petrik
Petra Péťa Petruška Petruš Peťka Petruše Peťula Peťa Petřinka
Přemysl Přemek Přéma Přemouš Přemda
Radek Ráďa Radeček Radoušek Radoslav Radovan
Radim Ráďa Radimek Radík
Radka Radunka Raduška Ráďa Radča Radana
Radmila Ráďa Radka Míla
Radomír Radek Ráďa Mirek
Radoslav Radek Ráďa Slávek
Radovan Radek Ráďa Radan
Renata Renatka Rena Renča Renáta Renka
René Renda Renek
Richard Ríša Richie Ríšánek Richoušek
Robert Robík Robin Róba Bob Bobek Robka Berťa
Robin Robík Robinek
Roman Romča Románek Romda Romek
Romana Romanka Romča Romka
Rostislav Rosťa Rosťík Slávek Rostek Rosťour
Rozálie Rozárka Rozinka Róza Rozka
Rudolf Ruda Rudla Rudík Dolfa Rolf Rudi Rudolfek
Růžena Růženka Růža Rosa
Samuel Sam Samík Samko Samueleček
Sandra Sandruška Sandrinka Sany
Sára Sárinka Sárka Sáruška
Silvie Silva Sylva Sisi Silvinka Sylvie Silvia
Simona Simonka Síma Simča Simi
Slavomír Slávek Sláva Mirek
Soňa Sonička Soněčka Sonja Soňka
Sofie Žofie Sofinka Soňa Sofia Sofija Žofka
Stanislav Standa Stáňa Slávek Stanik Staník Stando Stanley Staňo
Stanislava Stáňa Staňka Slávka Stanička
Stela Stelinka Stella
Svatopluk Sváťa Svaťa Svatoš
Svatava Sváťa Svatka
Světlana Světla Světluška Svitlana Světka Svetlana
Šárka Šárinka Šáruška Šári
Šimon Šíma Šimonek Šimi Simon Semen
Štefan Štefek Štěpán Števo Steve Pišta Stepan
Štěpán Štěpa Štěpánek Stepan Štěpek
Štěpánka Štěpka Štěpa Stepka Štěpi
Tadeáš Tadík Tadeášek Teddy Tedík
Tamara Tamarka Tami Mara
Taťána Táňa Tanička Taťanka Tatjana Tetjana Tania Tatiana
Tereza Terka Terezka Téra Terča Terinka Rézinka Terezie Teri Terezinka
Tibor Tibík Tiborek
Tomáš Tom Tomášek Tomík Tomeček Toman
Vanda Vandička Wanda Vanduška
Václav Vašek Vašík Venca Véna Vaška Vena Václavek Wenzel Vacek
Valentýna Valča Týna Valinka Valentina Vali
Valerie Valinka Valča Valerija Vala
Vendula Vendulka Venda Véna Vendy Venduš
Věra Věrka Věruška Verunka Věrunka Vera Vjera Vira
Veronika Verča Věrka Verunka Veronka Niki Verka Ronka Verka
Viktor Viky Viktorek Vítek Vika
Viktorie Viky Viktorka Vika Viktoria Viktorija
Vilém Vilda Vilík Vilímek Vili Viliam Wilhelm
Vilma Vilmička Vilemína Mina
Viola Violka Vióla
Vít Vítek Víťa Víteček Víťánek
Vítězslav Víťa Vítek Slávek Vítězek
Vladan Vlado Vláďa
Vladimír Vláďa Vladík Vlado Mirek Volodymyr Voloďa Vlada Vladimir Vladěk Vova
Vladimíra Vláďa Vladka Mirka Vlaďka
Vladislav Vláďa Slávek Vladyslav Vladík
Vlasta Vlastička Vlastinka Vlastěnka
Vlastimil Vlasťa Vlasta Míla Vlastík
Vlastislav Vlasťa Slávek
Vojtěch Vojta Vojtíšek Vojtík Béla Voja Vojtěšek Vojtek
Vratislav Vráťa Vrátík Slávek Vrátko
Xenie Xena Ksenija Xenička Oxana Oksana
Zbyněk Zbyňa Zbyšek Zbynda Zbyňek Zbynek
Zdena Zdeňka Zdenička Zdenina Zdenka
Zdeněk Zdenda Zdeník Zdenouš Zdeno Zdeníček Zděna Zdenek
Zdeňka Zdena Zdenička Zdenka Zdenina
Zita Zituška Zitka
Zlata Zlatka Zlatuška Zlatica
Zora Zorka Zoruška Zorinka
Zuzana Zuzka Zuzanka Zuzi Zuza Zuzička Zuzinka Suzana Zuzanna
Žaneta Žanetka Žanda Žany Janeta
Žofie Žofka Žofinka Sofie Žofi
"""


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, ...], ...]:
    """Return the rows of names: each a name with its short forms behind it."""
    return tuple(tuple(dict.fromkeys(line.split())) for line in _TABLE.strip().splitlines())


@lru_cache(maxsize=1)
def _relatives() -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in table():
        for name in row:
            found[fold(name)] |= dict.fromkeys(row)
    return found


@lru_cache(maxsize=1024)
def also_called(name: str) -> tuple[str, ...]:
    """Return how else somebody of this first name may be called: the full name and its other short forms.

    A name that is written without its marks counts as the same one; of a full name, the names
    that only share a short form with it are left out.
    """
    rows = [row for row in table() if fold(row[0]) == fold(name)]
    names = [name for row in rows for name in row] if rows else list(_relatives().get(fold(name), ()))
    return tuple(one for one in dict.fromkeys(names) if fold(one) != fold(name))
