import { bank, domain, type Language } from "./language.ts";

/** Things and aspects stand in the accusative, the only case the templates use. */
const DOMAINS = [
  domain(
    "garten",
    "das Hochbeet|den alten Birnbaum|die Regentonne|den Rasen hinterm Schuppen|die Tomatenpflanzen|den Komposthaufen|die Hainbuchenhecke|das Frühbeet|die Schneckenplage|den Kräutergarten|die Bewässerung|den Gartenteich",
    "den Boden|den Schnitt|die Düngung|den Frostschutz|den Abstand|die Ernte|die Schädlinge|das Gießen",
    "verwildert|frisch gepflanzt|schattig|sandig|vernässt|windgeschützt",
  ),
  domain(
    "haus",
    "die Fugen im Bad|den feuchten Keller|die Gastherme|den Dielenboden|das Regal in der Nische|die Dachluke|den Sicherungskasten|die Regenrinne|das gebrauchte Sofa|die Küchenschublade|den Thermostat|die Haustür",
    "das Material|die Kosten|die Feuchtigkeit|die Maße|die Reihenfolge|die Sicherheit|die Dämmung|das Werkzeug",
    "undicht|gemietet|zugig|halbfertig|denkmalgeschützt|überstrichen",
  ),
  domain(
    "recht",
    "den Mietvertrag|die Kaution|die Nebenkostenabrechnung|den Bußgeldbescheid|die Kündigungsfrist|den Erbteil|die Untermiete|den Zaun des Nachbarn|die stornierte Reise|das Arbeitszeugnis|die Baugenehmigung|die Mahnung",
    "die Frist|den Wortlaut|die Kosten|die Beweise|die Haftung|die nächsten Schritte|die Ausnahmen|die Schriftform",
    "strittig|mündlich|abgelaufen|unterschrieben|handschriftlich|gemeinsam",
  ),
  domain(
    "schule",
    "das Referat über Kanäle|die Matheklausur|den Aufsatz zum Heimatbegriff|das Physikprotokoll|den Elternabend|die Vokabeln|das Lesetagebuch|die mündliche Prüfung|den Lernplan|das Plakat zur Photosynthese|die Bruchrechnung|die Facharbeit",
    "den Aufbau|die Beispiele|die Quellen|die Bewertung|die Fehler|die Wiederholung|den Wortschatz|den Zeitplan",
    "überfällig|zweisprachig|verwirrend|benotet|wöchentlich|umfangreich",
  ),
  domain(
    "reise",
    "den Nachtzug|die Hüttentour|den Campingplatz|die Fährverbindung|das Wochenende am Meer|den Leihwagen|die Radtour am Fluss|das Visum|das Gepäck der Kinder|die Hochzeitsreise|die Bahnkarte|den Inselrundweg",
    "das Budget|die Anschlüsse|das Wetter|die Buchung|die Öffnungszeiten|die Pausen|die Alternativen|das Gepäck",
    "kurzfristig|verregnet|barrierefrei|günstig|außerhalb der Saison|überlaufen",
  ),
  domain(
    "betrieb",
    "die Preisliste der Werkstatt|das Quartalsbudget|den Messestand|die Stellenanzeige|den Newsletter|den Lieferantenvertrag|die Inventur|den Schichtplan|die Kundenumfrage|das Angebot an die Stadt|die Rückgaberegeln|den Buchungskalender",
    "den Ton|die Marge|den Zeitplan|die Risiken|die Ziele|die Formulierung|die Prioritäten|den Vergleich",
    "veraltet|saisonal|familiengeführt|vertraulich|regional|verspätet",
  ),
  domain(
    "technik",
    "den Parser für Fahrpläne|das Anmeldeformular|den nächtlichen Export|den wackligen Test|das Migrationsskript|die Warteschlange|den Bildverkleinerer|die kaputte Tabelle|das Dashboard|den Speicherverbrauch|die Schnittstelle|den Sensor im Keller",
    "die Fehlerbehandlung|die Tests|die Laufzeit|die Namen|die Typen|das Protokoll|die Randfälle|die Lesbarkeit",
    "geerbt|langsam|unzuverlässig|undokumentiert|doppelt|halb umgebaut",
  ),
  domain(
    "familie",
    "die Rede zum Abschied|den Brief an meine Schwester|das Gespräch mit dem Chef|die Entschuldigung|das Klassentreffen|den Besuch der Schwiegereltern|die Trauerkarte|die Hausregeln|den Umzug der Tochter|die Hochzeitsrede|das Mitarbeitergespräch|den Streit im Verein",
    "den Ton|den Zeitpunkt|den ersten Satz|die Erwartungen|die Grenzen|das Vertrauen|den Humor|das Missverständnis",
    "förmlich|überfällig|heikel|herzlich|kurz|angespannt",
  ),
  domain(
    "küche",
    "den Sauerteig|die Linsensuppe|den Geburtstagskuchen|die Maultaschen|das Sauerkraut|den Pflaumenkuchen|die Knochenbrühe|das Buffet für dreißig|den veganen Braten|die Marmelade|das Roggenbrot|die Brotdose",
    "das Salz|die Backzeit|die Mengen|die Konsistenz|den Ersatz|die Lagerung|die Temperatur|die Reste",
    "zu flüssig|glutenfrei|verbrannt|salzarm|bitter|preiswert",
  ),
  domain(
    "gesundheit",
    "das Knie nach dem Laufen|das Schlaftagebuch|den Heuschnupfen|die Schichtarbeit|das Rückentraining|den Blutdruck|die Schulter|den Ernährungsplan|das Lauftraining|die Reiseapotheke|die Brille|den Impfpass",
    "den Schmerz|die Häufigkeit|die Pausen|die Haltung|den Fortschritt|die Warnzeichen|die Gewohnheiten|die Belastung",
    "chronisch|harmlos|plötzlich|hartnäckig|saisonal|stressbedingt",
  ),
  domain(
    "geld",
    "die Steuererklärung|den Bausparvertrag|den Indexfonds|das Haushaltsbuch|die Betriebsrente|den Autokredit|das Gemeinschaftskonto|die Stromrechnung|den Zuschuss vom Land|die Hausratversicherung|das Erbe der Tante|den Dispo",
    "die Zinsen|die Gebühren|die Laufzeit|das Risiko|die Belege|die Freibeträge|die Raten|die Inflation",
    "befristet|variabel|steuerfrei|gemeinsam|überzogen|undurchsichtig",
  ),
  domain(
    "musik",
    "das Streichtrio|den Chorsatz|das Schlagzeugsolo|die Orgelregister|den Bandauftritt|das Wiegenlied|die Gitarrengriffe|die Aufnahme im Stall|den Filmwalzer|das Blockflötenheft|die Bühnenmonitore|den Kanon",
    "das Tempo|die Stimmung|den Fingersatz|die Dynamik|die Probe|den Rhythmus|die Lautstärke|die Noten",
    "mehrstimmig|verstimmt|barock|laienhaft|leise|synkopiert",
  ),
  domain(
    "tiere",
    "den Tierheimhund|das Aquarium|den Hühnerstall|die Diät der Katze|das Bienenvolk|den Wellensittich|die Welpenschule|das alte Kaninchen|den Igelunterschlupf|die Tierarztrechnung|das Fohlen|die Schildkröte",
    "das Futter|die Erziehung|die Reinigung|die Impfung|das Alter|die Gesellschaft|den Transport|den Lärm",
    "ängstlich|betagt|übergewichtig|scheu|verletzt|halbwild",
  ),
  domain(
    "auto",
    "den Zahnriemen|das Radlager|den Kombi|die Anhängerkupplung|die Hauptuntersuchung|das Getriebe|die Winterreifen|den Auspuff|die Klimaanlage|das Lastenrad|den Wohnwagen|die Motorkontrolle",
    "das Geräusch|den Verschleiß|die Teile|den Verbrauch|die Garantie|den Rost|den Wiederverkauf|die Diagnose",
    "gebraucht|rostig|importiert|klapprig|elektrisch|abgemeldet",
  ),
  domain(
    "spiele",
    "den Endgegner|das Brettspiel über Bienen|die Schacheröffnung|die Schnitzeljagd|das Rollenspielabenteuer|die Skatrunde|den Rätselraum|das Kartendeck|die Quiznacht|die Spielregeln|den Dungeon|das Turnier im Verein",
    "die Schwierigkeit|die Balance|die Hinweise|die Runden|die Figuren|die Belohnung|den Aufbau|das Finale",
    "kooperativ|unfair|zeitkritisch|selbstgebaut|kurzweilig|verzwickt",
  ),
  domain(
    "handwerk",
    "den Norwegerpullover|den Webrahmen|die Drechselschale|die Glasur|die Buchpresse|die Patchworkdecke|die Ledertasche|den Linolschnitt|die Sockenferse|die Lavendelseife|den Weidenkorb|das Schnittmuster",
    "die Maschenprobe|die Dicke|die Trocknung|die Naht|die Farbe|die Spannung|den Verschnitt|die Reparatur",
    "ungleich|rissig|handgefärbt|gewachst|winzig|schief",
  ),
];

const START = bank(
  "Alt|Brau|Dorn|Eber|Falken|Grau|Hassel|Immen|Jung|Kalten|Lauter|Moor|Nieder|Ober|Quell|Roggen|Sand|Tann|Ulm|Vogel|Wald|Zeller|Birk|Hain",
);
const END = bank(
  "bach|feld|stedt|hausen|berg|rode|brück|born|weiler|hagen|mühl|see|kirch|au|tal|horst|winkel|stein",
);
const GIVEN = bank(
  "Gunda|Holger|Irmgard|Jochen|Kerstin|Ludger|Marlies|Niklas|Ottilie|Pascal|Quirin|Roswitha|Siegbert|Tanja|Ulf|Vera|Wenzel|Yvonne|Zacharias|Almut|Benno|Cordula|Dieter|Evelyn|Falk|Gudrun|Hinnerk|Ines|Jasper|Katrin|Leif|Mareike|Anke|Bernd|Clara|Detlef|Elke|Frieder|Gesa|Henrik|Ilse|Jürgen|Karla|Lothar|Mechthild|Norbert|Oda|Piet|Rieke|Sören|Thea|Uwe|Viktoria|Wiebke|Bastian|Carsten|Dörte|Emil|Frauke|Gerrit",
);
const STUFF_OF = bank(
  "Messing|Eichen|Leder|Kupfer|Kork|Blech|Glas|Filz|Gummi|Marmor|Papier|Woll|Ton|Stahl|Bambus|Samt|Zinn|Wachs|Papp|Garten|Keller|Küchen|Reise|Ersatz|Boots|Schul|Werkstatt|Balkon|Dach|Winter|Sommer|Kinder|Silber|Kiefern|Leinen|Kunststoff|Draht|Hof|Bade|Büro",
);
const STUFF = bank(
  "den %griff|die %tür|das %schloss|den %haken|die %kiste|das %regal|den %eimer|die %leiter|das %brett|den %deckel|die %lampe|das %rohr|den %hocker|die %schale|das %tuch|den %korb|die %bürste|das %seil|den %rahmen|die %klammer|das %fass|den %knopf|die %platte|das %rad|den %schirm|die %matte|das %sieb|den %stiel|die %schraube|das %gitter|den %beutel|die %glocke|das %messer|den %becher|die %feder|das %blatt|den %riegel|die %spule|das %gewicht|den %trichter",
);

/** German. */
export const german: Language = {
  code: "de",
  domains: DOMAINS,
  openers: bank(
    "Hallo,|Guten Tag,|Moin,|Kurze Frage:|Guten Morgen,|Servus,|Hi,|Noch mal ich:|Nur eine Kleinigkeit:|Grüß dich,|Also,|Guten Abend,|Anschlussfrage von gestern:|Mal was anderes:|Tach,|Entschuldige,|Hilfe:|So,|Eine Sache noch:",
  ),
  asides: bank(
    "eigentlich|wohl|leider|ehrlich gesagt|vermutlich|irgendwie|endlich|wirklich|offenbar|zum Glück|wie immer|vielleicht|sozusagen|im Grunde|natürlich|angeblich|zumindest|notfalls|gerade|übrigens|nebenbei|erst mal|hoffentlich|ausnahmsweise|jedenfalls|anscheinend|theoretisch|sicherheitshalber|demnächst|halt",
  ),
  specs: bank(
    "% in {place}|% bei {place}|% von {name}|% für {name}|% aus {place}|% mit {name}|% in der Nummer {count}|% hinter {place}|% nach den Vorgaben von {name}|% Richtung {place}|% laut {name}|% ab {place}",
  ),
  commonplaces: bank(
    "hallo|Hallo|hi|test|wer bist du?|was kannst du?|moin|guten Morgen|erzähl mir einen Witz|danke|wie geht es dir?|kannst du mir helfen?|schreib mir ein Gedicht|sprichst du Deutsch?|welches Modell bist du?|was ist der Sinn des Lebens?|übersetze das ins Englische|was soll ich heute kochen?|schreib eine Bewerbung|erkläre mir Photosynthese|warum ist der Himmel blau?|was ist künstliche Intelligenz?|nenne mir eine interessante Tatsache|wie nehme ich schnell ab?|Ideen für ein Geburtstagsgeschenk|wie koche ich ein Ei?|was ist die Hauptstadt von Australien?|schreib eine kurze Geschichte|fass das bitte zusammen|Glückwünsche zum Geburtstag für meine Oma",
  ),
  asks: bank(
    "{kannst/könntest/magst} du mir ~helfen, {task}?|{wie würdest du/wie würde {name}/wie könnte man} ~vorgehen, um {task}?|{bitte hilf/hilf/zeig} {mir/uns/{name}}, {task}.|{name} {bittet mich/hat mich gebeten/erwartet}, {task}.|{lohnt es sich/ist es klug/ist es erlaubt/ergibt es Sinn}, ~{task}{?/, wenn {name} hilft?/, in {place}?}|{was brauche ich/was fehlt mir/wen frage ich}, um {task}?|{wir haben vor/ich habe vor/{name} und ich planen}, {task}.|ist es {realistisch/verrückt/üblich}, {allein/zu zweit/ohne {name}/in {place}} ~{task}?|ich {schaffe es nicht/versuche seit {count} Tagen/vergesse immer wieder}, {task}.|{erkläre/zeige/beschreibe} {mir/{name}/einem Neuling} ~einen Weg, {task}.|{bis/ab} {day} {haben wir/habe ich/hat {name}} ~vor, {task}.|in {place} {rät man mir/drängt man uns/heißt es}, {task}.|{mein Plan ist/die Idee ist/das Ziel ist}, {task}; {was übersehe ich/was spricht dagegen/klingt das gut/hält das}?|{hier weiß niemand/kaum jemand versteht/nicht mal {name} weiß}, wie es geht, {task}.|{ich habe {name} versprochen/ich schulde es {name}/ich schwor}, {task}.|{Tipps/Ideen/Schritte}, um ~{task}, {bitte/am besten für {place}/gern {count}/danke}.|{Ehrlich/Mal ehrlich/Sag}: {bringt es was/wäre das dumm/wagst du es}, {task}?",
  ),
  tasks: bank(
    "{aspect} {für/gegen/auf/um} {thing} zu {klären/regeln/prüfen}|{thing} mit {thing2} zu vergleichen, {was/gerade was} {aspect} angeht|{piece} über {thing} zu {schreiben/entwerfen/beginnen}|{thing} um {aspect} herum zu {planen/ordnen/bauen}|zu {verstehen/sehen/begreifen}, warum das {kind} {ist/blieb/wurde}: {thing}|{mich/uns/{name}} ~{rasch/neu/richtig} {entscheiden/wählen} zu lassen: {thing} oder {thing2}|{name} {aspect} zu {erklären/zeigen/begründen}|{aspect} zu {verbessern/retten/straffen}, ohne {thing2} {anzufassen/zu verlieren/zu ändern}|{piece} für {name} {vorzubereiten/fertigzustellen/zu kürzen}|{aspect} für {count} {Leute/Gäste/Stück} zu schätzen|{das Wichtigste/alles Bekannte/die Worte von {name}} {über/um} {thing} {zusammenzufassen/festzuhalten}|{aspect} und {aspect2} zu {prüfen/trennen/verbinden}|aus {Notizen/Skizzen/Mails von {name}} über {thing} {piece} zu machen|{count} {Ideen/Namen/Varianten} für {thing} zu {sammeln/finden/erfinden}|{thing} in {place} {vorzustellen/anzubieten/zu zeigen}|{thing} {bis/ab} {day} zu {ersetzen/sichern/verschieben}|{mit {name}/in {place}} {aspect} {auszuhandeln/festzulegen/abzusprechen}|{stuff} {gegen/für} {thing} {einzutauschen/umzubauen/zu verwenden}",
  ),
  facts: bank(
    "{Das Ganze/Alles/Das meiste} ist ~{kind}, {etwa/gut/fast} {count} Jahre alt.|{name} aus {place} {meint/sagt/schwört}, {man müsse/es gelte/ich solle} {eher/zuerst/nur} {an {aspect} denken/auf {aspect} achten/{aspect} ansehen}.|{Wir haben/Ich habe/{name} hat} es ~{count} Mal {versucht/probiert/verschoben}{/, {mit/ohne} Erfolg/, {name} zuliebe}.|{Mehr als/Über/Höchstens} {count2} Euro {sind nicht drin/gehen nicht/gibt {name} frei}.|{Angefangen/Begonnen/Gekippt} hat es, als {name} sich ~{thing2} {angesehen/vorgenommen/geliehen} hat.|Ich {wohne/arbeite/parke} bei {place}.|Wir sind {count}, {name} und {name2} {eingerechnet/inbegriffen/dabei}.|{Letztes/Jedes zweite/Voriges} {Mal/Jahr} {war/wirkte/blieb} ~{alles/vieles/{name}} {kind}.|{Gemessen/Gezählt/Notiert} habe ich {count} mal {count2}{/, {name} {count}}.|{name} {glaubt/findet/meint}, {ich irre/ich übertreibe/das täuscht} ~{sehr/etwas/stets}, {was/soweit es} {aspect} {betrifft/angeht}.|Von {name} {habe/kenne/nutze} ich ~schon {piece}, {aber/nur/leider} ohne {aspect}.|~{Nervös/Unruhig/Ratlos} ~{macht/stimmt} {mich/uns/{name}} ~der {Blick/Streit/Kampf} {auf/um} {aspect}, {danach/weniger/kaum der} um {aspect2}.|In {place} ~{wollte man/zahlt man/bot man} {count2} {dafür/für {stuff}}.|{name2} {schaut/kommt/liest} bis {day} {darüber/vorbei/mit}.|Ich habe {count} {Stunden/Minuten/Abende} Zeit.|In {place} ~{macht man/läuft/kennt man} das {anders/kaum/umgekehrt}.|{Wir brauchen/Ich suche/{name} verkauft/Ich reinige} ~{stuff} {und/oder/samt Zubehör, dazu} {stuff}.|{Denk an/Stell dir vor:/Nimm} {stuff}, {count} {Gramm/Zentimeter/Euro}, {kind}.|{name} {zahlte/sparte/verlor} {count2} {für/durch} {thing2}.|{Zwei/Drei/Vier/Einige} {Nachbarn/Freunde/Kollegen} ~{empfehlen/loben/meiden} {thing2}.|{Seit/Schon seit} {count} Tagen {wirkt/ist/scheint} das ~{quality}, {wohl/vielleicht/sicher} {wegen {name}/durch {stuff}}.",
  ),
  limits: bank(
    "{Höchstens/Unter/Etwa} {count} {Wörter/Zeilen/Sätze}.|{Bitte ohne/Keine/Ohne} {Aufzählung/Liste/Spiegelstriche}{/, {name} mag das nicht}.|{Einfach erklärt/Leichte Sprache/Kurze Sätze}, {name} ist {neu dabei/elf/ungeduldig}.|{Gib mir/Ich will/Nenne} {count} {Möglichkeiten/Fassungen/Wege}.|{Ganz ehrlich/Ohne Umschweife/Direkt} bitte.|Mit {Beispiel/{count} Beispielen/einem Fall aus {place}}.|Schritt für Schritt{/, {count} Schritte}.|{Denk auch/Geh kurz ein/Achte} {an/auf} {aspect}.|Nichts {über/um} {thing2}.|{Frag/Frag bitte/Meld dich}{/ gern/ zuerst}, {wenn/falls} {etwas/ein Punkt/{aspect}} {unklar/offen} {ist/bleibt}.|So, dass {ich es {name} schicken kann/{name} es versteht/man es vorliest}.|{Gern/Am besten/Bitte} als Tabelle{/ mit {count} Zeilen}.|{Grobe Zahlen/Rundungen/Schätzungen} {reichen/genügen}.|{Maximal/Nur/Rund} {zwei Absätze/eine Seite/{count} Zeilen}.|Nimm {stuff} als {Beispiel/Bild}.|{Schließe/Ende} mit {einem Plan/dem nächsten Schritt} bis {day}.",
  ),
  followups: bank(
    "Und was {ist/wird} mit Blick auf {aspect}?|Was {ändert sich/passiert/rätst du}, wenn es ~{kind} ist?|{name} {sieht das anders/zweifelt/lacht}{/, gerade was {aspect} angeht}.|{Kürzer/Klarer/Milder} bitte, und {nimm {aspect} dazu/behalte {aspect}}.|Jetzt {dasselbe/das/noch mal alles} für {thing2}.|{Den Teil/Den Satz/Die Stelle} über {aspect} {verstehe/glaube/sehe} ich nicht.|{Gut/Schön/Ja}, aber wir haben ~nur {count}{/ in {place}}.|{Was zuerst/Womit beginnen/Was eilt}, {bis/ab} {day}?|{Passe/Übertrage} es {an {place} an/auf {place}}.|Du {sagtest/schriebst}, {erst/zuerst} {aspect}. {Warum/Wieso/Seit wann}?|{Ersetze/Streiche/Mildere} den {zweiten/ersten/letzten} Punkt, {name} {mag das nicht/protestiert/stutzt}.|Mach daraus {piece}{/ für {name}}.|Und bei {count2}{/ in {place}}?|Lass {aspect} weg, {den Rest behalten/sonst nichts/der Rest bleibt}.|Ich habe es {mit Geduld/zweimal/in {place}} probiert, jetzt ist es ~{kind}.|Kann {name2} das ~ohne {thing2}?|{name} {rief an/schrieb/kam vorbei}: es ist ~{quality}. {Und nun/Was jetzt/Also}?",
  ),
  retorts: bank(
    "„%“: {wieso/warum/sagt wer}?|{Du schreibst/Oben steht/Du sagst} „%“. {Gilt das/Stimmt das} auch für {thing2}?|{Zu/Bei} „%“ {zweifelt/stutzt/nickt} {name} ~{sehr/noch/nur}.|{Erkläre/Vertiefe/Begründe} „%“.|{Kürze/Streiche/Ändere} „%“{/, klingt {quality}/ für {name}}.",
  ),
  closers: bank("Danke!|Vielen Dank.|Gruß, {name}|Danke im Voraus|Besten Dank|Viele Grüße, {name}"),
  leads: bank(
    "Beginne mit dem Blick auf {aspect}: Das entscheidet über {thing}.|Kurz gesagt: Für {thing} braucht es zuerst den Blick auf {aspect}.|Es kommt darauf an, wie {kind} alles wirklich ist.|So würde ich {thing} angehen.|Zwei Dinge zählen, und man prüft {aspect} und {aspect2}.|Mit {count} lässt sich {thing} gut schaffen.|Die Sorge ist berechtigt, schau dir {aspect} an.|Im Fall von {name} würde ich {thing} und {thing2} trennen.",
  ),
  claims: bank(
    "Ist es {kind}, schätzt man {aspect} leicht falsch, also rechne mit {count} statt mit {count2}.|Wenn {name} sich bis {day} {thing2} ansieht, muss niemand mehr über {aspect2} rätseln.|In {place} überschätzen die meisten {aspect} und vergessen {aspect2}.|Sobald man {thing2} einbezieht, wirkt das {quality}, und {count} wird knapp.|Halte {piece} bereit, denn {name} fragt sicher nach.|Die Zahl {count2} klingt {quality}, sicherer wäre {count}.|Wer {thing} und {thing2} zugleich ändert, sieht nicht, woran es lag.|Nach {count} Tagen merkst du, ob es {quality} ist.|Was {name} über {aspect} sagt, stimmt für {thing2}, weniger für {thing}.|Stelle {aspect2} zurück, das ist im Moment {quality}.|Für {count} Leute kostet es ungefähr {count2}.|Falls {place} sich als {quality} erweist, nimm {thing2}.|Zwischen {count} und {count2} ändert sich wenig, darüber schon.|Bitte {name2}, bis {day} noch einmal auf {aspect} zu achten.",
  ),
  steps: bank(
    "Notiere {aspect}, {count} Werte genügen.|Bitte {name} bis {day} um {piece}.|Lass {thing2} beiseite und prüfe nur {aspect}.|Versuche es einmal mit {count2}.|Vergleiche mit {place}.|Schreibe {piece} und gib es {name}.|Wiederhole es nach {count} Tagen.|Kläre {aspect2}, dann zurück an {thing}.|Sprich mit {name2} über {aspect2}.",
  ),
  ends: bank(
    "Sag mir, wie es bis {day} aussieht.|Wenn {name} widerspricht, hilft der Weg über {aspect2}.|Bleibt noch der Punkt mit Blick auf {thing2}, der kann warten.|Mit {count} hast du Spielraum.|Soll ich auch {piece} entwerfen?|Der Rest ist Geduld.",
  ),
  pieces: bank(
    "eine Notiz|eine Liste|eine E-Mail|einen Plan|eine kurze Anleitung|eine Rede|eine Tabelle|eine Gliederung|eine Antwort|ein Skript|eine Übersicht|einen Brief|einen Beitrag|Stichpunkte",
  ),
  qualities: bank(
    "empfindlich|günstig|schwer zu beurteilen|solide|vorhersehbar|langsam|riskant|nebensächlich|annehmbar|teuer|ungleichmäßig|beruhigend|lückenhaft|offensichtlich",
  ),
  days: bank(
    "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|nächste Woche|Monatsende|zu den Ferien|zum 12.|zum 27.|zum Frühjahr",
  ),
  joiner: " ",
  pause: ", ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) => random.pick(START) + random.pick(END),
  stuff: (random) =>
    random
      .pick(STUFF)
      .replace("%", random.pick(STUFF_OF))
      .replace(/(?<=\p{Ll})\p{Lu}/u, (c) => c.toLowerCase()),
  repair: (text) => text,
};
