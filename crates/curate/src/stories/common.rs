//! Words that German news and releases are made of, whatever they tell: who does something, that it begins, goes on and
//! ends, what it is called. They say less than a rare word and more than what the whole field speaks of.
//!
//! Folded, in the order of the alphabet; stems are made of them at first use. A word that is missing weighs as a rare
//! one, a word too many as a common one: neither decides alone.

/// Words and forms, separated by white space.
pub(super) const COMMON: &str = "
    abend abgeschlossen abkommen ablauf abschliessen abschluss absicht abstimmung abteilung acht aemter aendern
    aendert aenderung aktuell aktuelle allerdings amt amtsleiter anbieten anbieter anfrage angekuendigt angenommen
    angeschlossen anhalt ankuendigen ankuendigung anlage anliegen anmeldung anpassung ansatz anschliessen anschluss
    ansicht ansprechpartner anspruch anteil antragsteller antwort anwenden anwendung app arbeit arbeiten arbeitsgruppe
    arbeitsplaetze arbeitsplatz art artikel assistent aufbau aufbauen aufgenommen aufnehmen auftrag auftreten ausbau
    ausbauen ausgabe auskunft auslaenderbehoerde ausschreibung ausschuss aussen ausstattung austausch ausweis
    auswirkung baden bald basis bauen baut bayerisch bayern beantragen beantworten bearbeiten bearbeitung beauftragt
    bedarf bedeuten bedeutung bedingung beenden befassen begann beginn beginnen beginnt begleiten begonnen begruendung
    begruessen begruesst behaelt beide beiden beispiel beitrag bekannt bekommen bekommt bekraeftigt belegen beraet
    beraten beratung bereich bereit bereitstellen bericht berichten berief berlin berliner berufen beschaeftigter
    bescheid bescheinigung beschliessen beschliesst beschlossen beschluss beschreiben besetzen besetzt besser
    bestaetigen bestaetigt bestand bestehen besteht besuch besuchen beteiligen beteiligt beteiligung betonen betont
    betreffen betreiben betreibt betrieb betrifft bevoelkerung bewerten bewilligt bezahlt bezeichnet bezieht beziehung
    bezirk bieten bietet bilanz bildet bildung billigen binnen bisherig bislang bitten bittet bleiben bleibt blick
    brandenburg brandenburgisch brauchen braucht breit bremen bremer brief bringen bringt budget buendnis
    buergeraemter buergeramt buergerbuero buergerinnen buergermeister buergermeisterin buero bundeskabinett
    bundeslaender bundesland bundesminister bundesministerium bundesrat bundesregierung bundestag bundesweit chance
    chatbot city cyberangriff daher data datensaetze datensatz datenschuetzer datenschutz dauert debatte deckt denken
    denkt derzeit deshalb deutschen dezernent dialog dienen dienstleister dienststelle dient digitalausschuss
    digitalministerin digitalministerium direkt dokument dpa dr dringend dritter droht drucken duerfen durchfuehren
    e-akte ebene effizient eigen einblick einfach eingefuehrt eingegangen eingereicht eingerichtet eingesetzt
    einheitlich einige einmal einreichen einrichten einrichtung einsatz einsetzen einstimmig einwohner einwohnerin
    einzeln einzig elf empfehlen empfehlung empfiehlt endet endlich eng enthaelt entlasten entlastung entscheiden
    entscheidung entschieden entsprechend entspricht entstehen entsteht entwickeln entwickelt entwicklung entworfen
    entwurf erfahrung erfolg erfolgen erfolgreich ergebnis ergibt erhaelt erhalten erhoehen erklaeren erlauben erlaubt
    erledigen erleichtern ermoeglichen ermoeglicht ernannt ernennen erneut eroeffnen eroeffnet eroeffnung erproben
    erprobt erreichbar erreichen erreicht erscheinen ersetzen ersetzt erstellen erstellt erstmals erwarten erwartet
    erweitern erweitert etwas eu euro europa europaeisch extern fach fachanwendung fachbereich fachdienst fachkraefte
    fachleute fachlich fachmann fachverfahren faellt fahrzeug fall fallen familie fand fassen fast fehlen fehler
    feiern fertig fest festlegen finanzen finanziell finanzieren finanzierung finden findet firma flaechendeckend
    foerdern foerdert foerderung folge folgen folgt fordern fordert forderung form formular forschung fortschritt
    frage fragen fragt fraktion frei freigeben freigegeben freigeschaltet freistaat frist frueh fruehjahr fuehren
    fuehrt fuehrung fuenf funktionieren gab ganz ganze gast geben gebiet gebilligt geboren gebracht gefaehrden
    gefoerdert gefordert gefunden gegeben gegenueber gegruendet gehalten gehoert gekommen gelaende geld gelegt
    geleitet gelernt gelingen gelingt gelten gemeinde gemeinden gemeinderat gemeinsam genannt genau genauso genehmigen
    genehmigung genommen genutzt geoeffnet geplant geprueft gerade geraet geregelt gericht gering gesamt geschaeft
    geschaeftsfuehrer geschaeftsstelle geschaffen geschieht geschlossen geschrieben gesehen gesellschaft gespraech
    gestalten gestaltet gestaltung gestartet gestellt gestern gestimmt gesundheitsamt getroffen gewaehlt gewechselt
    gewinnen gewinnt gewonnen gezeigt ging glaubt gleich government gremium groesse gross gruenden gruendet grund
    grundlage gruppe gueltig gut hackerangriff haelfte haelt haeufig halten hamburg hamburger hand handeln
    handlungsbedarf hauptstadt haus haushalt heben heissen heisst helfen herausforderung herbst hersteller hessen
    hessisch hielt hilfe hilft hinter hinweis hinweisen hoch hochschule hoffen hofft holstein idee identitaet ihm ihn
    ihnen impuls informatik informationstechnik informieren infrastruktur inhalt initiative inklusive innen
    innenminister innenministerium innovation innovativ institution interesse interessieren intern international
    internet interview investieren investition jaehrlich jahresende jahrzehnt jedoch jener jenes jeweils jobcenter
    jugendamt jung justiz kamen kammer kapitel kauft kennen kennt klar klassisch klein knapp koalition komm kommend
    kommission kommunikation kompetenz komplett komponente konferenz konkret konten konto konzept kooperation
    koordination kosten kostenlos kraft kreise kreistag kreisverwaltung kritik kritisch kritisieren kuemmert kuendigen
    kuendigt kunde kurz laden laedt laesst laeuft lage landesamt landesbehoerde landesregierung landesverwaltung
    landesweit landkreis landkreise landraetin landrat landtag lang lange langfristig lassen lasst lauf laufen leben
    lediglich lehre leicht leisten leistet leiten leiter leiterin leitung lernen lernt lesen letzt letzter letztes
    leute liefern liegen liegt liess linie liste lizenz loben lobt loesen loest loesung macht mahnt mail mal man markt
    massnahme mecklenburg medien mehrere mehrheit meilenstein meinen melden meldet meldewesen meldung mensch messen
    milliarde million mindestens ministerpraesident ministerpraesidentin mio mitarbeiter mitarbeiterin mitglied
    mitgliedstaat mitmachen mitteilen mittel modell moeglich moeglichkeit monat morgen motto mrd nachfrage nachhaltig
    nachricht nacht nachweis nahe nahm name national nehmen nennen netz neun nie niedersachsen niedersaechsisch
    nimmt noetig noots nordrhein notwendig nutzen nutzer nutzerin nutzt oberbuergermeister oberbuergermeisterin objekt
    oeffentlich oeffnen oeffnet offen offiziell oft once onlineantrag onlinedienst only open opposition ordnet ordnung
    ordnungsamt organisation organisieren ort paket papier partner partnerschaft passt per persoenlich person personal
    personalausweis pfalz pflegt pflicht phase pilot pilotprojekt plan planen plant planung platz podcast politik
    politisch polizei position post praesentieren praktisch praxis preis problem produkt programm pruefen prueft
    pruefung publikum punkt qualitaet rahmen rat rathaeuser rathaus raum reagieren rechenzentren rechenzentrum rechnen
    rechner rechnet recht rechtlich rechtzeitig rede reden reform regel regeln regelt regelung region regional
    register registermodernisierung reichen reicht reihe ressort rheinland richten richtig richtlinie risiko roll
    rolle rollout rueckmeldung ruegt rufen runde saarlaendisch saarland sachbearbeitung sache sachsen saechsisch
    sammeln sammelt schaden schaffen schafft scheitert schickt schlecht schleswig schliesst schnell schnitt
    schnittstelle schreiben schreibt schritt schuetzen schuetzt schule schulung schutz schwer sechs see sehen seien
    seite sekretaer selbst sendet senken senkt serie server setzen setzt sicher sicherheit sicht sieben sieht sinkt
    sinn sitz sitzt sitzung smart smartphone sofort software sogar solche sommer sorgen source sowohl sozial sozialamt
    spaet spaetestens sparen spart speichert spielt spitze sprach sprechen sprecher sprecherin spricht staatlich
    staatskanzlei staatsminister staatsministerin staatsregierung staatsvertrag stabsstelle stack stadtrat
    stadtverwaltung staerken staerkt staerkung stammt stand standard standesamt standort stark starke startete
    statistik stattfinden steigen steigt stellen stellte stellvertretend steuern steuert steuerung stimmen stimmt
    stoert stoppt streicht streitet struktur studie stuetzt stufe suchen sucht summe taetig tag tagen tagung tat
    tauscht team technik technisch technologie teil teilen teilnahme teilnehmen teilnehmer teilt telefon termin test
    testen testet text thueringen thueringer traeger traegt tragen transformation transparent transparenz trat treffen
    treibt trennt treten trotz tun ueberblick uebergabe uebergeben uebergibt uebernehmen uebernimmt uebernommen
    ueberwachen ueberwacht ueberzeugen umfassen umfassend umfasst umfrage umgang umgesetzt umgestellt umsetzen
    umstellen umstellung unabhaengig universitaet unterlagen unternehmen unterschiedlich unterstuetzen unterstuetzt
    unterstuetzung untersuchung unterzeichnen unterzeichnet urspruenglich verabschieden veranstaltung verantworten
    verantwortlich verantwortung verband verbessern verbessert verbesserung verbietet verbinden verbindet verbindlich
    verbindung verbunden verdient verein vereinbaren vereinbart vereinbarung vereinfachen verfahren verfuegbar
    verfuegen vergabe vergangen vergibt vergleich vergleicht verhandelt verkauft verkuendet verlaengert verlaesst
    verlangen verlangt verlieren verliert vermeidet vermittelt veroeffentlichen veroeffentlicht veroeffentlichung
    verordnung verpflichten verpflichtet verschiebt verschieden versorgt versprechen verspricht verstehen versteht
    versuch verteilt vertrag vertreten vertreter vertritt verwaltungsdigitalisierung verwaltungsleistung verweisen
    verweist verwendet verzichten verzichtet verzoegerung vielfaeltig voll vollstaendig voran vorantreiben
    voraussichtlich vorbereiten vorbereitung vorbild vorerst vorgabe vorgang vorgelegt vorgeschlagen vorgestellt
    vorhaben vorhanden vorlegen vorpommern vorschlag vorschlagen vorsieht vorsitz vorsitzende vorstand vorstellen
    vorteil vortrag wachsen waechst waehlen waehlt wahl wallet wandel warnen warnt warten wartet webseite website
    wechseln wechselt weg weise weiss weist weit weiterentwickeln welche welcher welt wendet wenig werben werk
    werkzeug westfalen wichtig widerspricht wieder winter wirbt wirft wirken wirkt wirkung wirtschaft wirtschaftlich
    wissen wissenschaft woche wochen wohl wollen worden wort wuenschen wuenscht wuerttemberg zaehlt zahl zahlen
    zahlreich zahlt zehn zeigen zeigt zeit zeitgemaess zeitnah zentral zentrum zertifikat zieht zielt zudem zugang
    zugesagt zugestimmt zugleich zulassen zulassungsstelle zuletzt zusaetzlich zusammen zusammenfuehren
    zusammengefasst zuschlag zustaendig zustaendigkeit zustimmen zustimmung zuvor zweckverband zweit zwingt zwoelf
";
