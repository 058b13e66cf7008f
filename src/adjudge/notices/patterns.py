"""The patterns by which a notice without annotations is searched, per language; a page of the reference lists them.

RE2: linear in the text, since notices come from outside. They are tried on each sentence without its accents, in either
case. A pattern finds words and not meaning, so whatever it finds is marked as found by pattern. Every sentence that fits
one of `SIGHT` speaks of an element; it says enough where it also fits one of `ENOUGH`.
"""

from adjudge.evidence.notice import Element, Source

_MONTH_EN = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
_MONTH_FR = r"(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_FIGURES = r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b"
_DATE_EN = rf"({_FIGURES}|\b\d{{1,2}}(st|nd|rd|th)? (of )?{_MONTH_EN}\b|\b{_MONTH_EN} \d{{1,2}}\b)"
_DATE_FR = rf"({_FIGURES}|\b\d{{1,2}}(er)? {_MONTH_FR}\b)"
_LINK = r"https?://|[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(com|org|net|info|shop|eu|fr|be|ch|de|uk|io|example)\b"
_QUOTE = r"“[^”]{3,}”|«[^»]{3,}»|\"[^\"]{3,}\""
_AMOUNT = r"\d[\d., ]*(%|€|\$|£|eur\b|euros?\b|usd\b|dollars?\b|gbp\b|per ?cent\b|pour ?cent\b)|[€$£] ?\d"

WORLDWIDE = {
    "en": r"\b(worldwide|globally|everywhere|(all over|throughout|in) the (whole |entire )?world|(all|every) (countr|territor|market)\w+)\b",
    "fr": r"\b(monde entier|mondiale?|partout|tous les (pays|territoires|marches)|chaque pays)\b",
}
"""What says that something holds in every country."""

GROUPS = {
    "en": {"EU": r"\b(EU|European Union)\b", "EEA": r"\b(EEA|European Economic Area)\b"},
    "fr": {"EU": r"\b(UE|Union europeenne)\b", "EEA": r"\b(EEE|Espace economique europeen)\b"},
}
"""Groups of countries, whose names stand for every member; as they are written, capitals included."""

TESTABLE = {
    "en": (
        _DATE_EN,
        _LINK,
        _QUOTE,
        _AMOUNT,
        r"\b(screenshot|capture|invoice|extract|certificate|licen[cs]e|order|registration|report|ruling|ads?) (no\.?|number) ?\S*\d",
        r"\b(screenshot|capture|copy|extract|report)\b.*\b(attached|enclosed|annexed)\b",
    ),
    "fr": (
        _DATE_FR,
        _LINK,
        _QUOTE,
        _AMOUNT,
        r"\b(capture|facture|extrait|certificat|licence|commande|inscription|rapport|decision|jugement|annonce) (n°|no\.?|numero) ?\S*\d",
        r"\b(capture|copie|extrait|rapport)\b.*\b(joint|jointe|annexee?|ci-apres)\b",
    ),
}
"""What somebody could check: a date, an address, words quoted, an amount, a numbered or enclosed document."""

_THING_EN = (
    r"\b(ads?|adverts?|advertisements?|campaigns?|pages?|sites?|websites?|shops?|stores?|accounts?|banners?|videos?|images?|"
    r"posts?|listings?|offers?|texts?|entry|registers?|records?|licen[cs]es?|certificates?|products?|apps?|programs?|files?|"
    r"links?|company|payer|owner|you|it|they|which)\b"
)
_THING_FR = (
    r"\b(publicites?|annonces?|campagnes?|pages?|sites?|boutiques?|magasins?|comptes?|bannieres?|videos?|images?|messages?|"
    r"offres?|textes?|inscriptions?|registres?|pieces?|licences?|certificats?|agrements?|produits?|applications?|programmes?|"
    r"fichiers?|liens?|societe|payeur|titulaire|vous|elles?|ils?|qui)\b"
)

OBSERVED = {
    "en": (
        _THING_EN
        + r".*\b(shows|showed|displays|displayed|contains|contained|offers|offered|sells|sold|leads|led to (a|the) "
        r"(page|site|file|form|download)|links|linked|redirects|redirected|reads|read|states|stated|says|said|claims|claimed|"
        r"promises|promised|targets|targeted|names|named|records|recorded|registered|expired|lapsed|installs|installed|"
        r"downloads|downloaded|presents|presented|promotes|promoted|advertised|booked|ran|asks|asked|paid|takes|took orders|"
        r"holds|held|lists|listed|accepts|accepted|took (bets|payments?|bookings)|lacks|lacked|(has|had|bears|bore|carries|carried) no|"
        r"was (shown|run|booked|delivered|served|paid))\b",
        r"\b(we|(our|a|the) (\w+ )?(reviewer|moderator|colleague|analyst|employee|staff|team)s?|(ms|mrs|mr|dr)\.? \w+) (\w+ )?"
        r"(saw|observed|opened|examined|tested|captured|ordered|bought|visited|read)\b",
        r"\b(the|these|this) (words?|phrase|sentence|slogan|wording)\b",
    ),
    "fr": (
        _THING_FR
        + r".*\b(montr(ent|e|aient|ait)|affich(ent|e|aient|ait)|conten(ait|u)|contient|propos(ent|e|aient|ait)|offr(ent|e|aient|ait)|vend(ait)?|mene|menait|"
        r"renvoie|renvoyait|redirig(ent|e|eaient|eait)|indiqu(ent|e|aient|ait)|affirm(ent|e|aient|ait)|pretend(ait)?|promet(tait)?|cibl(ent|e|aient|ait)|visait|"
        r"design(ent|e|aient|ait)|enregistree?s?|inscrite?s?|expiree?|echue?|install(ent|e|aient|ait)|telecharg(ent|e|eaient|eait)|present(ent|e|aient|ait)|reservee?|"
        r"demand(ent|e|aient|ait)|accept(ent|e|aient|ait)|payee?|prend des commandes|prenait des commandes|detien(t|ent)|detenait|port(ent|e|aient|ait)|disait|"
        r"n'(a|avait|avez|aviez|ont) (pas|aucune?)|ne (porte|portait|mentionne|mentionnait) (pas|aucune?)|"
        r"a ete (montree?|diffusee?|reservee?|payee?))\b",
        r"\b(notre|une?|l[ea'] ?) ?(\w+ )?(verificat\w+|moderat\w+|collegue|analyste|employee?|equipe)\b.{0,40}\ba (\w+ )?"
        r"(vue?|observee?|ouvert|ouverte|examinee?|testee?|capturee?|commandee?|achetee?|lue?)\b",
        r"\bnous (avons|l'avons|les avons) (\w+ )?(vue?s?|observee?s?|ouverte?s?|examinee?s?|testee?s?|capturee?s?|commandee?s?|achetee?s?|lue?s?)\b",
        r"\b(les|ces|le|la|cette|ce|l') ?(mots?|phrase|slogan|formule|affirmation)\b",
    ),
}
"""What was seen, rather than what was concluded: facts say enough where a sentence also holds something testable."""

_NOBODY_FR = r"\bpersonne (d'autre )?(n'|ne )(l'|nous |nous l'|nous les )?(a|avait) (\w+ )?(signale|notifie|alerte|averti)e?s?\b"
_SYSTEM_EN = r"(automat\w*|algorithm\w*|machine learning|classifiers?|software|program(me)?s?)"
_SYSTEM_FR = r"(automat\w*|algorithm\w*|apprentissage|logiciels?|programmes?)"
_PERSON_EN = r"(person|people|human|staff|employee|moderator|reviewer|colleague|(ms|mrs|mr|dr)\.? \w+)"
_PERSON_FR = r"(personne|employe|moderat\w+|verificat\w+|collegue|humain|(mme|mlle|dr|m\.) \w+)"

_DO_EN = (
    r"(chang|remov|delet|correct|amend|edit|rewrit|replac|add|prov|show|produc|present|obtain|register|verif|withdr|stop|limit|label|declar|certif|"
    r"name|accredit|take (out|down|off))\w*"
)
_DO_FR = (
    r"(modifi|chang|retir|supprim|corrig|remplac|ajout|prouv|montr|present|fourni|produi|obten|inscri|enregistr|verifi|cess|limit|etiquet|nomm|"
    r"indiqu|declar|certifi|demontr|justifi)\w*"
)
_FREED_EN = (
    r"\b(lift\w*|restor\w*|reinstat\w*|runs? again|(may|can) run|releas\w*|unblock\w*|resum\w*|does not begin|falls? away|ends?|ended|earlier|"
    r"no measure|no longer appl(y|ies))\b"
)
_FREED_FR = (
    r"\b(lev(ee?s?|er|ons)|retabli\w*|repren(d|ne|dre)|reparai\w*|a nouveau|ne commence(ra)? pas|pren(d|dra|ne) fin|plus tot|aucune mesure|debloq\w*|"
    r"tomb(e|era)|ne s'applique(ra)? plus)\b"
)

SIGHT: dict[str, dict[Element, tuple[str, ...]]] = {
    "en": {
        Element.RESTRICTION: (
            r"\b(ends?|ended|ending|stop|remov|suspen|disabl|terminat|exclu|restrict|block|bann|limit|reject|refus|withdr|label|demot|clos|taken down|take down|took down)"
            r"\w*\b.*\b(ads?|advert\w*|accounts?|campaigns?|listings?|services?|payments?|payouts?)\b",
            r"\b(ads?|advert\w*|accounts?|campaigns?|listings?)\b.*\b(is|are|was|were|has been|have been|no longer|not|only)\b.*"
            r"\b(ended|stop|remov|suspend|disabl|terminat|exclud|restrict|block|bann|limit|reject|refus|withdrawn|run|runs|show|shown|label|demot|closed|taken down)",
            r"\b(runs?|(is|are) (shown|run|delivered)) only (with|within|once|to|after|if)\b",
            r"\b(no longer|do not|not) (run|show|accept|carry|deliver|take)\b.*\b(ads?|advert)",
            r"\b(may|can) run (again )?(only )?(once|when|after|if)\b",
        ),
        Element.TERRITORY: (
            WORLDWIDE["en"],
            r"\b(eu|eea|european (union|economic area)|member states)\b",
        ),
        Element.DURATION: (
            r"\b(until|indefinite\w*|permanent\w*|temporar\w*|for the time being|no end date|lifted|duration|for good|for now|lasts?|ends? on|expires? on)\b",
            r"\bfor (a period of |a total of )?(\d+|one|two|three|six|twelve|some|a few) ?(days?|weeks?|months?|years?|time)\b",
            rf"\bfrom {_DATE_EN}.*\b(to|through) ",
            r"\b(as long as|for as long)\b",
        ),
        Element.FACTS: (
            *OBSERVED["en"],
            r"\b(found|find|observ\w*|detected|noticed|because|since|due to|as a result|following|determin\w*|conclud\w*|violat\w*|"
            r"breach\w*|infring\w*|conflict\w*|at odds|inconsistent|incompatible|contrary|not comply|not meet|against)\b",
        ),
        Element.SOURCE: (
            r"\b(told|warned|wrote to|alerted) us\b|\bown (initiative|review|motion|checks?)\b|\bon our own\b|\b(routine|regular|random|spot) (checks?|reviews?)\b",
            r"\b(trusted flagger|article 16|(notice|notification|report|complaint)s? (from|of|by|submitted|made|sent)|reported (to us )?by|"
            r"flagged by|notified (to us )?by|third part(y|ies)|nobody (else )?(had |has )?(reported|complained|notified|flagged|told)|no (notice|report|complaint))\b",
        ),
        Element.AUTOMATED_DETECTION: (
            rf"\b{_SYSTEM_EN}\b.*\b(detect|identif|flag|find|found|spot|sorted|screened|selected|compares|compared)\w*",
            rf"\b(detect|identif|flag|found|find|spott)\w*\b.*\b({_SYSTEM_EN}|by a person|by people|by hand)\b",
            rf"\b{_PERSON_EN}s?\b.*\b(found|detected|identified|spotted|came across|opened the|noticed)\b",
        ),
        Element.AUTOMATED_DECISION: (
            r"\b(automat\w*|algorithm\w*)\b.*\b(decid\w*|decisions?)\b",
            r"\b(decid\w*|decisions?|reviewed|took it|taken it)\b.*\b(automat\w*|algorithm\w*|by a person|by people|by a human|human|by one of our|by our staff|by hand)\b",
            rf"\b{_PERSON_EN}s?\b.*\b(decid\w*|decisions?|reviewed)\b",
        ),
        Element.GROUND: (
            r"\b(polic(y|ies)|terms|guidelines?|standards?|practices?|principles?|rules?|laws?|illegal|unlawful|regulations?|"
            r"directive|statute|clause|section|article)\b",
        ),
        Element.EXPLANATION: (
            r"\b(because|since|therefore|which (is|means)|for this reason|as a result|contrary to|falls? (under|within)|covers whoever|"
            r"comes? under|incompatible|conflicts?|at odds|violat\w*|breach\w*|infring\w*|does not allow|forbids?|not meet|not comply|meets? (its|the) condition)\b",
            r"\b(clause|section|article|rule|paragraph|terms|polic(y|ies)|law|act|code|standards?)\b.*\b(bars?|bans?|excludes?|prohibits?|requires?|(permits?|allows?) only)\b",
        ),
        Element.RECOURSE: (
            r"\bwhat (you|the advertiser) (can|could|may|have to|would have to) (do|change|prove|show)\b",
            rf"\b(to|in order to) (have|get|see) (all of )?(this|it|that|the \w+|your \w+) {_FREED_EN}",
            rf"\b(you|the advertiser) (can|could|may|need to|have to|only have to|have \d+ days to) (\w+ )?{_DO_EN}\b",
            rf"\b(if|once|as soon as|when) you (\w+ )?{_DO_EN}\b.*{_FREED_EN}|{_FREED_EN}.*\b(if|once|as soon as|when) you (\w+ )?{_DO_EN}\b",
            rf"\b(until|once|as soon as|unless) (\w+ ){{1,5}}(is|are|has been|have been) {_DO_EN}\b",
        ),
        Element.THIRD_PARTY_NOTICES: (
            r"\b(no|not on an?|without an?) (\w+ ){0,2}(notice|report|complaint|notification)s?\b|\bnobody (else )?(had |has )?(reported|complained|notified|flagged|told)\b",
            r"\bown (initiative|motion)\b",
            r"\b(notice|report|complaint|notification|flagger)\b.*\b(said|says|states|stated|alleg\w*|reads|claims|claimed|pointed out|according to)\b",
            r"\b(said|says|stated|alleg\w*|according to)\b.*\b(notice|report|complaint|notification|flagger)\b",
        ),
        Element.COMPLAINT: (
            r"\b(you|your|advertisers?|recipients?)\b.*\b(complain|appeal|contest|object to|challenge|dispute|(make|lodge|file|submit|send) (us )?(a|an|your) (\w+ )?(complaint|objection|appeal))\b",
            r"\b(complaints?|appeals?|objections?)\b.*\b(lodge|file|submit|be (made|lodged|filed|submitted|sent)|free of charge|procedure|handling|last day|deadline|until|reach us)\b",
            r"\b(last day|deadline|time limit)\b.*\b(complain\w*|appeal\w*|objections?)\b",
            r"\b(request|ask (us )?for) (a|an|another) (new |internal )?(review|reconsideration)\b",
            r"\b(disagree|not agree|mistake|wrong|object)\b.*\b(write|e-?mail|contact|reply|tell us|let us know)\b",
            r"\b(write|e-?mail|reply) (to )?[\w.+-]+@[\w-]+\.\w.*\b(by|until|before|no later than)\b",
        ),
        Element.SETTLEMENT: (
            r"\b(out-of-court|out of court|dispute settlement|settlement bod(y|ies)|mediat(ion|ors?)|arbitrat\w+)\b",
        ),
        Element.COURT: (
            r"\b(you|your|may|can|free|right|rights|redress|remed\w+|open|competent|jurisdiction|at any time)\b.*\b(courts?|tribunals?|judicial)\b",
            r"\b(courts?|tribunals?|judicial)\b.*\b(you may|you can|redress|remed\w+|open|competent|jurisdiction|at any time|available)\b",
        ),
    },
    "fr": {
        Element.RESTRICTION: (
            r"\b((mis|met|mettons|mettre|mettant) fin|cess|arret|retir|retrait|suspen|desactiv|resili|exclu|restre|restri|bloqu|bann|limit|rejet|"
            r"refus|etiquet|retrograd|ferm)\w*\b.*\b(publicit\w*|annonc\w*|comptes?|campagnes?|services?|paiements?|versements?)\b",
            r"\b(publicit\w*|annonc\w*|comptes?|campagnes?)\b.*\b(est|sont|a ete|ont ete|n'est plus|ne sont plus|ne|n'est)\b.*"
            r"\b(arret|retir|suspend|desactiv|resili|exclu|restrei|bloqu|limit|rejet|refus|diffus|montr|etiquet|ferm)",
            r"\b(ne|n'en) (diffus|montr|accept|pren)\w+ (plus|pas)\b.*\b(publicit|annonce)",
            r"\b(peut|peuvent|pourra|pourront) (etre diffusee?s?( a nouveau)?|paraitre|reprendre) (seulement )?(qu'une fois|une fois|lorsqu|apres|si|des)",
            r"\bn(e |')(parai(t|ssent)|(est|sont) (diffuse|montre)e?s?) (plus )?qu(e |')|\bfait l'objet d'une (exclusion|suspension|restriction)\b",
        ),
        Element.TERRITORY: (
            WORLDWIDE["fr"],
            r"\b(ue|eee|union europeenne|espace economique europeen|etats membres)\b",
        ),
        Element.DURATION: (
            r"\b(jusqu'(a|au|aux|en)|indefini\w*|illimite\w*|definiti\w*|permanent\w*|temporair\w*|provisoir\w*|pour l'instant|"
            r"pour le moment|date de fin|levee?|duree|dure(nt|ra)?|prend fin le|se termine le|expire le)\b",
            r"\b(pendant|pour|duree de) (une duree de )?(\d+|un|une|deux|trois|six|douze|quelques?) ?(jours?|semaines?|mois|ans?|annees?|temps)\b",
            rf"\bdu {_DATE_FR}.*\bau ",
            r"\btant qu",
        ),
        Element.FACTS: (
            *OBSERVED["fr"],
            r"\b(constat\w*|observ\w*|detect\w*|releve\w*|parce qu|puisqu|car\b|en raison|a la suite|etabli\w*|conclu\w*|viol\w*|enfrei\w*|"
            r"meconnai\w*|contraires?|incompatibles?|conflit|non conformes?|pas conformes?|ne respect\w*)",
        ),
        Element.SOURCE: (
            r"\b(propre initiative|d'office|propre examen|controles? (de routine|reguliers?|aleatoires?|par sondage))\b",
            r"\b(signaleur de confiance|article 16|signalement|notification (d|presente)|nous (a|ont|avait|avaient) (ete )?(signale|ecrit|avertis|alerte)e?s?|signalee? par|(plainte|reclamation) (d'|de |emanant)|"
            r"tiers\b|aucune? (signalement|notification|plainte|avis))",
            _NOBODY_FR,
        ),
        Element.AUTOMATED_DETECTION: (
            rf"\b{_SYSTEM_FR}\b.*\b(detect|reper|identifi|signal|trouv|classe|trie|compare|selectionn)\w*",
            rf"\b(detect|reper|identifi|signal|trouv|decouver)\w*\b.*\b({_SYSTEM_FR}|par une personne|par des personnes|a la main)\b",
            rf"\b{_PERSON_FR}\w*\b.*\b(trouv|reper|detect|identifi|decouvert|a ouvert)",
        ),
        Element.AUTOMATED_DECISION: (
            r"\b(automat\w*|algorithm\w*)\b.*\b(decid\w*|decisions?)\b",
            r"\b(decid\w*|decisions?|examinee?)\b.*\b(automat\w*|algorithm\w*|par une personne|par des personnes|humaine?s?|par l'un de nos|par l'une de nos|a la main)\b",
            rf"\b{_PERSON_FR}\w*\b.*\b(decid\w*|decisions?|a examine)\b",
        ),
        Element.GROUND: (
            r"\b(politiques?|conditions|lignes directrices|normes?|pratiques?|principes?|regles?|reglements?|lois?|illegal\w*|illegaux|"
            r"illicites?|directive|clauses?|sections?|articles?|code|admettons)\b",
        ),
        Element.EXPLANATION: (
            r"\b(parce qu|puisqu|car\b|donc\b|ce qui (est|signifie)|pour cette raison|en raison d|contraires? (a|aux?)\b|relev(e|ent|ait)\b|"
            r"tomb\w* sous|incompatible|en conflit|viol(e|ent|ation|er)\b|enfrei\w*|meconnai\w*|vise quiconque|n'autoris|interdi|ne respect|remplit|remplissent)",
            r"\b(clause|section|article|regle|paragraphe|conditions|loi|code|normes?)\b.*\b(exclu(t|ent)|prohibe(nt)?|exige(nt)?|reserve(nt)?|ne perme(t|ttent) que)\b",
        ),
        Element.RECOURSE: (
            r"\bce que (vous|l'annonceur) (pouvez|pourriez|devez|peut|devriez) (faire|changer|modifier|prouver|montrer)\b",
            r"\bpour (faire |obtenir )?(lever|la levee)\b|\bpour qu(e |')[^.;]{0,40}\b(soi(t|ent) (levee?s?|retablie?s?)|prenne(nt)? fin|ne subsiste|reprenne(nt)?)\b",
            rf"\b(vous|l'annonceur) (pouvez|pourriez|n'avez qu'a|avez \d+ jours pour|peut) (\w+ )?{_DO_FR}\b",
            rf"\b(si|des que|une fois que|lorsque) vous (nous )?(\w+ )?{_DO_FR}\b.*{_FREED_FR}|{_FREED_FR}.*\b(si|des que|une fois que|lorsque) vous (nous )?(\w+ )?{_DO_FR}\b",
            rf"\btant que vous n'(aurez|avez) pas (\w+ )?{_DO_FR}\b|\bjusqu'a ce qu[^.;]{{1,60}}\bsoi(t|ent) {_DO_FR}\b",
        ),
        Element.THIRD_PARTY_NOTICES: (
            r"\b(aucune?|non sur une?|sans) (signalement|avis|notification|plainte)s?\b",
            _NOBODY_FR,
            r"\b(propre initiative|d'office)\b",
            r"\b(signalement|plainte|notification|signaleur)\b.*\b(dit|disait|indiqu\w*|affirm\w*|allegu\w*|selon|faisait valoir)\b",
            r"\b(selon|d'apres)\b.*\b(signalement|plainte|notification|signaleur)\b",
        ),
        Element.COMPLAINT: (
            r"\b(vous|votre|annonceurs?|destinataires?)\b.*\b(reclamation|recours interne|contester|contestation|faire appel|former opposition|vous opposer|vous plaindre)\b",
            r"\b(reclamations?|contestations?|recours internes?)\b.*\b(peu(t|vent) etre|gratuit\w*|procedure|traitement|dernier jour|delai|jusqu'|nous parvenir)",
            r"\b(dernier jour|delai|date limite)\b.*\b(reclamation|contestation|contester|recours interne)\b",
            r"\bdemander (un|une) (nouvel(le)? )?(examen|reexamen|revision)\b",
            r"\b(pas d'accord|desaccord|erreur)\b.*\b(ecri(re|vez)|courriel|contacte[rz]|repond(re|ez))\b",
            r"\b(ecri(re|vez)|repond(re|ez)) (a )?[\w.+-]+@[\w-]+\.\w.*\b(avant|jusqu'au|au plus tard)\b",
        ),
        Element.SETTLEMENT: (
            r"\b(extrajudiciaires?|a l'amiable|hors tribuna\w+|organes? de reglement|reglement (\w+ )?des litiges|mediat\w+|arbitrag\w+)\b",
        ),
        Element.COURT: (
            r"\b(vous|votre|droit|recours|libres?|ouverte?s?|competente?s?|a tout moment)\b.*\b(tribuna\w+|juridictions?|judiciaires?|en justice|juge)\b",
            r"\b(tribuna\w+|juridictions?|judiciaires?|en justice|juge)\b.*\b(vous pouvez|recours|ouverte?s?|competente?s?|a tout moment|possible)\b",
        ),
    },
}
"""What speaks of an element. A territory must be said of the restriction: see `APPLIES`; for recourse also `POWERLESS`."""

POWERLESS = {
    "en": r"\b(nothing|no (change|proof|step|document|evidence|correction)s?)( that| which)? (you|the advertiser) (can|could|may|might|would|were to)\b"
    r"|\bnothing (\w+ ){0,3}in your (own )?power\b|\bnot (\w+ )?(in|within) your (own )?power\b|\bwhat you can do( about (it|this))?( is|:) nothing\b"
    r"|\byou (cannot|can not|can't) (\w+ )?(change|alter|influence|do anything)\b",
    "fr": r"\b(rien|aucune? (changement|preuve|demarche|document|correction))\b[^.;]{0,30}\b(vous (puissiez|pouvez|pourriez)|en votre pouvoir)\b"
    r"|\bvous ne (pouvez|pourriez) rien\b|\bn'est pas (\w+ )?en votre pouvoir\b|\bhors de votre pouvoir\b"
    r"|\bvous ne pouvez (pas |ni )?(\w+ )?(changer|modifier|influencer)\b",
}
"""What says that nothing is in the addressee's power: it states recourse too, where `TURNS` tells on what the decision turns."""

TURNS = {
    "en": r"\b(turn|depend|rest|hinge)s? (\w+ )?(on|upon)\b",
    "fr": r"\b(tien(t|nent)|depend(ent)?|repose(nt)?) (\w+ )?(a|au|aux|de|du|des|d'|sur)\b",
}
"""What says on what a decision turns."""

APPLIES = {
    "en": r"\b(appl(y|ies|ied|icable)|effects?|effective|limited|concerns?|covers?|valid|territor\w*|scope|in force|remains?)\b",
    "fr": r"\b(s'appli\w*|applicable|effets?|limitee?s?|concern\w*|vis(e|ent)|couvre|valable|territo\w*|portee|vaut|valent|demeure)\b",
}
"""What ties a place to the measure, where the sentence does not restrict anything itself."""

LASTING = {
    "en": r"\b(it|this|they|these|measures?|decisions?|suspensions?|restrictions?|exclusions?|bans?|blocks?|removals?|labels?|end date|lasts?|holds?|runs?|stays?|"
    r"able to advertise)\b",
    "fr": r"\b(elles?|cela|ceci|mesures?|decisions?|suspensions?|restrictions?|exclusions?|retraits?|duree|dure(nt|ra)?|vaut|valent|reste(nt|ra)?|demeure|"
    r"faire de (la )?publicite)\b",
}
"""What ties a time to the measure besides: an account that “was permanently praised” is not restricted for good."""

ENOUGH: dict[str, dict[Element, tuple[str, ...]]] = {
    "en": {
        Element.DURATION: (
            rf"\b(until|till|to|through|ends? on|ending on|expires? on) (and including |the end of )?(the )?{_DATE_EN}",
            r"\b(until|as long as) (\w+ ){1,4}(is|are|has been|have been) \w+|\buntil (further verification|lifted)\b",
            r"\b(indefinite\w*|permanent\w*|no end date|for good)\b",
            r"\b(for|lasts?|duration of) (a period of |a total of )?(\d+|one|two|three|six|twelve) ?(days?|weeks?|months?|years?)\b",
        ),
        Element.GROUND: (
            r"\b(clauses?|sections?|articles?|art\.|paragraphs?|rules?|parts?|points?|items?) ?[\w(]*\d|§ ?\d",
            r"\b(regulation|directive) \((eu|ec)\)|\b\d{4}/\d+/(eu|ec)\b|\b\d+ (cfr|u\.?s\.?c)\b|\bact (of )?\d{4}",
        ),
        Element.RECOURSE: (
            _QUOTE,
            _DATE_EN,
            _LINK,
            _AMOUNT,
            r"`[^`]+`|\b(ad|advertiser)\.[a-z]\w+",
            r"\b(licen[cs]es?|certificates?|accreditations?|authori[sz]ations?|permits?|registrations?|register|extracts?|invoices?|identity|payer|"
            r"targeting|prices?|prizes?|slogan|label|disclaimer|ownership|owner|ruling|entry)\b",
        ),
        Element.COMPLAINT: (
            rf"\b(until|till|by|before|up to|through|no later than|not later than|last day|deadline|time limit|expires?|ends?)\b[^;]*{_DATE_EN}",
            rf"{_DATE_EN}[^;]*\b(latest|is the last day|deadline)\b",
            r"\bwithin (a period of )?(([6-9]|1\d|2\d|six|seven|eight|nine|ten|twelve) months|(18[4-9]|19\d|[2-9]\d\d) days|(a|one) year)\b",
            r"\b(6|six|twelve|12)[ -]months?\b",
        ),
    },
    "fr": {
        Element.DURATION: (
            rf"\b(jusqu'au|jusqu'a|jusqu'en|au|prend fin le|expire le|se termine le) (et y compris )?(le |la fin du )?{_DATE_FR}",
            r"\bjusqu'(a ce qu|a sa levee|a leur levee|a la levee|au moment ou)|\btant qu",
            r"\b(indefini\w*|illimite\w*|definiti\w*|permanent\w*|sans date de fin)\b",
            r"\b(pendant|pour|duree de|dure(nt|ra)?) (une duree de )?(\d+|un|une|deux|trois|six|douze) ?(jours?|semaines?|mois|ans?|annees?)\b",
        ),
        Element.GROUND: (
            r"\b(clauses?|sections?|articles?|art\.|paragraphes?|regles?|parties?|points?) ?([lrd]\. ?)?[\w(]*\d|§ ?\d",
            r"\b(reglement|directive) \((ue|ce)\)|\b\d{4}/\d+/(ue|ce)\b|\b\d+ (cfr|u\.?s\.?c)\b|\bloi (n°|no\.?|du) ?\d",
        ),
        Element.RECOURSE: (
            _QUOTE,
            _DATE_FR,
            _LINK,
            _AMOUNT,
            r"`[^`]+`|\b(ad|advertiser)\.[a-z]\w+",
            r"\b(licences?|certificats?|agrements?|autorisations?|permis|inscriptions?|registres?|extraits?|factures?|identite|payeur|ciblage|prix|lots?|"
            r"slogan|etiquette|mention|titulaire|proprietaire|jugement)\b",
        ),
        Element.COMPLAINT: (
            rf"\b(jusqu'(a|au|en)|avant|d'ici|au plus tard|dernier jour|date limite|delai|expire|prend fin)\b[^;]*{_DATE_FR}",
            rf"{_DATE_FR}[^;]*\b(au plus tard|dernier delai|dernier jour)\b",
            r"\b(sous|dans un delai de|dans les|pendant|delai de) (([6-9]|1\d|2\d|six|sept|huit|neuf|dix|douze) mois|(18[4-9]|19\d|[2-9]\d\d) jours|un an)\b",
            r"\b(6|six|12|douze) mois\b",
        ),
    },
}
"""What a sentence must hold besides, to say enough; an element that is not here says enough where it is sighted.

The facts are held to `OBSERVED` and `TESTABLE`, the explanation to stated facts and a cited ground.
"""

TOO_SHORT = {
    "en": r"\bwithin (\d{1,2}|1[0-7]\d|one|two|three|four|five|seven|ten|fourteen|thirty|sixty|ninety) (\w+ )?(hours|days|weeks)\b"
    r"|\bwithin ([1-5]|one|two|three|four|five|a) months?\b",
    "fr": r"\b(sous|dans un delai de|dans les|delai de) (\d{1,2}|1[0-7]\d|un|deux|trois|quatre|cinq|sept|huit|dix|quinze|trente|soixante) "
    r"(heures|jours|semaines)\b|\b(sous|dans un delai de|dans les|delai de) ([1-5]|un|deux|trois|quatre|cinq) mois\b",
}
"""Times for a complaint that end before six months. DSA Art. 20(1)."""

_ANSWERED = {
    "en": r"\b(answer|repl(y|ies)|replied|decide|respon[ds]e?|process|handle|hear from us)\w*( \w+){0,4} within [^.;,]*",
    "fr": r"\b(repon|trait|decid|examin)\w*( \w+){0,4} (sous|dans un delai de|dans les) [^.;,]*",
}
_OBEY_EN = (
    r"\b(so that (it|they|you) |to )?(compl(y|ies)|complian(t|ce)|conform\w*|accords?|agrees?|in line|consistent|meets?) ((with|to) )?(our|the|all|applicable) "
    r"(\w+ ){0,3}(polic(y|ies)|terms|rules|guidelines|standards|requirements|laws?)\b|\b(turn|depend|rest|hinge)s? (\w+ )?(on|upon) (our|us)\b[^.;]*"
    r"|https?://\S*(polic|help|support|terms|rules|guideline|legal|standards|faq|conditions|learn)\S*"
)
_OBEY_FR = (
    r"\b(afin de|pour) (respecter|vous conformer a|etre conformes? a) (nos|les|la|toutes les) (\w+ ){0,3}(politiques?|conditions|regles|normes|exigences|lois?)\b"
    r"|\bconformes? (a|aux) (nos |la )?(\w+ ){0,2}(politiques?|conditions|regles|normes|exigences|lois?)\b|\bdepend (\w+ )?de (nous|notre|nos)\b[^.;]*"
    r"|https?://\S*(politique|aide|help|polic|conditions|regles|terms|normes|legal|faq)\S*"
)
HOLLOW = {
    "en": (
        r"\b(show|display|contain|offer|promot|present|advertis|sell|link)\w* (to )?(\w+ ){0,2}(prohibited|inappropriate|unacceptable|"
        r"unapproved|non-compliant|unsupported|restricted|low-quality|questionable|harmful|misleading) (content|products?|services?|practices?|goods|business\w*)\b",
        r"\b(show|display|contain|offer|promot|present|ha[sd]|have|use|operat|reflect|suggest|involv|follow|run|demonstrat|exhibit|indicat|pos)\w* "
        r"(to )?([“\"]?\w+ ){0,4}[“\"]?(business models?|business practices?|practices?|behaviou?r|things?|risks?|concerns?|issues?|conduct)\b[”\"]?",
        r"[“\"«] ?((an?|the|our|your|and|or|of|acceptable|accepted|inherent(ly)?|business|models?|practices?|polic(y|ies)|standards?|terms|rules?|"
        r"guidelines?|risks?|content|quality|trust|safety|values?|community|harmful|misleading|inappropriate|unacceptable|prohibited|suspicious|"
        r"abus(e|ive)|spam|conduct|behaviou?r|activity|ads?|advertising)[ ,]*)+[”\"»]",
        r"https?://\S*(polic|help|support|terms|rules|guideline|legal|standards|faq|conditions|learn)\S*",
        r"\b(help cent(re|er)|support pages?|polic(y|ies)|terms|guidelines|rules|standards)\b[^.;]{0,20}https?://\S+",
    ),
    "fr": (
        r"\b(montr|affich|contien|conten|propos|offr|promeu|present|vend|renvo)\w* (a |vers )?(des? |du )?(contenus?|produits?|services?|pratiques?|biens|activites?) "
        r"(\w+ )?(interdite?s?|inappropriee?s?|inacceptables?|non conformes?|non pris en charge|restreinte?s?|douteu(x|ses?)|nuisibles?|trompeu(rs?|ses?))\b",
        r"\b(montr|affich|contien|conten|propos|offr|promeu|present|utilis|suiv|exploit|indiqu|posed?)\w* "
        r"(a |vers )?([«\"]? ?\w+ ){0,4}[«\"]? ?(modeles? economiques?|modeles? d'affaires|pratiques?( commerciales?)?|comportements?|choses?|risques?|problemes?)\b( ?[»\"])?",
        r"[«“\"] ?((une?|l[ea]s?|l'|nos|vos|notre|votre|et|ou|d[eu]s?|d'|economiques?|modeles?|affaires|pratiques?|politiques?|normes?|conditions|regles?|"
        r"risques?|contenus?|qualite|confiance|securite|valeurs?|communaute|nuisibles?|trompeu(rs?|ses?)|inappropriee?s?|inacceptables?|interdite?s?|"
        r"suspecte?s?|abus|comportements?|activites?|publicit\w+|admis(es)?|acceptables?)[ ,]*)+[»”\"]",
        r"https?://\S*(politique|aide|help|polic|conditions|regles|terms|normes|legal|faq)\S*",
        r"\b(centre d'aide|pages? d'aide|politiques?|conditions|regles|normes)\b[^.;]{0,20}https?://\S+",
    ),
}
"""What looks like a fact and holds nothing that could be tested: hollow words, quoted or not, and links to help and policies."""

CUT: dict[str, dict[Element, str]] = {
    "en": {
        Element.FACTS: "|".join(HOLLOW["en"]),
        Element.RECOURSE: _OBEY_EN,
        Element.GROUND: r"\barticles? (16|17|20|21)\b[^;]*\b(2022/2065|digital services act|dsa)\b|\bregulation \(eu\) (2022/2065|2019/1150)",
        Element.TERRITORY: r"\((eu|ec)\)",
        Element.COMPLAINT: _ANSWERED["en"] + r"|https?://\S+",
        Element.COURT: r"\bout[- ]of[- ]court\b",
    },
    "fr": {
        Element.FACTS: "|".join(HOLLOW["fr"]),
        Element.RECOURSE: _OBEY_FR,
        Element.GROUND: r"\barticles? (16|17|20|21)\b[^;]*\b(2022/2065|services numeriques|dsa)\b|\breglement \(ue\) (2022/2065|2019/1150)",
        Element.TERRITORY: r"\((ue|ce)\)",
        Element.COMPLAINT: _ANSWERED["fr"] + r"|https?://\S+",
        Element.COURT: r"\b(extrajudiciaires?|hors tribunal)\b",
    },
}
"""What is left out before an element is looked for: hollow facts and advice, the law on notices itself, the time for an answer, links."""

_STOPS_EN = r"(restrict|suspend|disabl|remov|terminat|exclud|block|bann?|limit|reject|withdr|demot|clos|end|stop|label)\w*"
_STOPS_FR = (
    r"(restreign|restrei|suspend|desactiv|retir|resili|exclu|bloqu|limit|rejet|retrograd|ferm|arret)\w*"
)
_OF_MEASURE_EN = r"(appl(y|ies|ied|ying)|hold|holds|last|lasts|takes? effect|cover|covers|concern|concerns|run|runs|remain)"
_OUT_OF_COURT_EN = (
    r"(out[- ]of[- ]court|dispute settlement|settlement bod(y|ies)|mediat(ion|ors?)|arbitrat\w+)"
)
_OUT_OF_COURT_FR = r"(extrajudiciaires?|a l'amiable|reglement (\w+ )?des litiges|mediat\w+|arbitrag\w+)"
_COURT_EN = r"(courts?|tribunals?|judicial|jurisdiction|sue)"
_COURT_FR = r"(tribuna\w+|juridictions?|judiciaires?|en justice|juge)"
_BY_PERSON_EN = r"by (a|any|one of our|our)? ?(\w+ )?(person|people|human|staff|moderator|employee)s?"
_BY_PERSON_FR = r"par (une|un|des|l'un de nos|l'une de nos) ?(\w+ )?(personne|humain|employe|moderat)\w*"

DENIED: dict[str, dict[Element, str]] = {
    "en": {
        Element.RESTRICTION: rf"(\bnot|\bnever|n't|\bneither|\bnor)( (been|be|being|yet|ever|currently|have|to))* {_STOPS_EN}|\bno (restriction|suspension|exclusion|measure)s?\b[^.;,]*",
        Element.TERRITORY: rf"\b(would|could|might)\b( \w+){{0,2}} {_OF_MEASURE_EN}\b[^.;]*|\b(never|not|nowhere) {_OF_MEASURE_EN} (\w+ ){{0,2}}(worldwide|globally|everywhere|in)\b[^.;,]*",
        Element.DURATION: rf"\b(would|could|might)\b( \w+){{0,2}} {_OF_MEASURE_EN}\b[^.;]*|\b(not|never|nor|neither) (permanent\w*|indefinite\w*|lasts?|for good)",
        Element.AUTOMATED_DETECTION: rf"\bnot (been )?(found|detected|identified|spotted|flagged) {_BY_PERSON_EN}\b",
        Element.AUTOMATED_DECISION: rf"\bnot (been )?(taken|made|reviewed|decided|examined|checked) {_BY_PERSON_EN}\b|\bno (person|human|one)\b[^.;,]*",
        Element.RECOURSE: rf"\b(can|may|must|need|could|do|does|will|would|should)( not|n't) (\w+ ){{0,2}}{_DO_EN}|\b(cannot|never) (\w+ ){{0,2}}{_DO_EN}"
        r"|\b(not|never)( be| been)? (lift|restor|reinstat|releas|unblock)\w*[^.;]*|\b(whatever|no matter what|even if|even though|although) you\b[^.;]*",
        Element.COMPLAINT: r"\b(cannot|can not|can't|may not|must not|not|never) (be )?(appeal|contest|challeng|complain|object|dispute)\w*|\bno (right of |right to |possibility of |way to )?(appeal|complaint|complain|objection|review)s?\b"
        r"|\b(appeals?|complaints?|objections?)\b[^.;,]{0,40} (was|were|is|are|has been|have been|will be|shall be) (\w+ )?(refused|rejected|dismissed|denied|ignored|closed|not (heard|accepted|admitted))",
        Element.SETTLEMENT: rf"\b(no|not|never|without|neither|nor|cannot|can't|waive\w*|exclud\w*|refuse\w*)\b[^.;:,]{{0,24}}\b{_OUT_OF_COURT_EN}\b( \w+)*"
        rf"|\b{_OUT_OF_COURT_EN}\b( \w+){{0,3}} (is|are) (not|unavailable|excluded|closed|ruled out)\b",
        Element.COURT: rf"\b(no|not|never|neither|nor|cannot|can't|waive\w*|give up|renounce\w*|forfeit\w*|exclud\w*|bar(s|red)?)\b[^.;:,]{{0,30}}\b{_COURT_EN}\b( \w+)*"
        rf"|\b{_COURT_EN}\b( \w+){{0,3}} (is|are|remains?|stays?) (not|closed|excluded|unavailable|barred|ruled out)\b",
    },
    "fr": {
        Element.RESTRICTION: rf"\bn(e |e l'|e les |')(l'|les |vous )?{_STOPS_FR} (pas|jamais)\b|\bn'(est|etes|a|avons|ont|etait)( \w+)? (pas|jamais) (ete )?(\w+ )?{_STOPS_FR}"
        rf"|\bne (sont|sera|seront|soyons) (pas|jamais) (ete )?{_STOPS_FR}|\b(aucune|pas de) (restriction|suspension|exclusion|mesure)s?\b[^.;,]*",
        Element.TERRITORY: r"\b(s'appliquerait|s'appliqueraient|vaudrait|vaudraient|concernerait)\b[^.;]*|\bne (s'appli\w+|vaut|valent|concerne) (pas|jamais|nulle part) (\w+ ){0,2}(monde|partout|tous|en|au|aux|a)\b[^.;,]*",
        Element.DURATION: r"\b(s'appliquerait|vaudrait|durerait|serait)\b[^.;]*|\b(pas|jamais|ni) (definiti\w*|permanent\w*|indefini\w*|illimite\w*)",
        Element.AUTOMATED_DETECTION: rf"\b(pas|jamais) (ete )?(trouve|detecte|identifie|repere|signale)e?s? {_BY_PERSON_FR}",
        Element.AUTOMATED_DECISION: rf"\b(pas|jamais) (ete )?(prise?|decidee?s?|examinee?s?) {_BY_PERSON_FR}|\b(aucune personne|aucun humain)\b[^.;,]*",
        Element.RECOURSE: rf"\bne (pouvez|pourriez|pourrez|devez|peut|peuvent) (pas|plus|jamais) (\w+ )?{_DO_FR}|\b(quoi que|meme si|bien que) vous\b[^.;]*"
        r"|\bn(e |')(sera|est|seront|sont) (pas|jamais) (\w+ )?(lev|retabl|debloq)\w*[^.;]*",
        Element.COMPLAINT: r"\b(aucune?|pas de|sans) (voie de )?(recours|reclamation|appel)s?( (interne|possible))?\b|\bne peu(t|vent|vez) (pas )?(etre|faire l'objet)[^;,]*\b(contest|appel|recours|reclamation)\w*"
        r"|\bne pouvez (pas|plus|jamais) (\w+ )?(contester|former|faire appel|vous plaindre|reclamer)[^.;,]*"
        r"|\b(reclamations?|recours|contestations?)\b[^.;,]{0,40} (est|sont|sera|seront|a ete|ont ete) (\w+ )?(rejete|refuse|ignore|irrecevable|close)\w*",
        Element.SETTLEMENT: rf"\b(aucune?|pas|sans|ni|jamais|refus\w*|exclu\w*|renonce\w*)\b[^.;:,]{{0,30}}\b{_OUT_OF_COURT_FR}( \w+)*"
        rf"|\b{_OUT_OF_COURT_FR}\b( \w+){{0,3}} (n'est pas|n'existe pas|ne sont pas|est exclue?|est impossible)\b",
        Element.COURT: rf"\b(aucune?|pas|jamais|ni|exclu\w*|renonce\w*|interdi\w*)\b[^.;:,]{{0,40}}\b{_COURT_FR}\b( \w+)*"
        rf"|\b{_COURT_FR}\b( \w+){{0,3}} (n'est pas|ne sont pas|est exclue?|est impossible|sont fermes)\b",
    },
}
"""What says the opposite of an element. It is left out too, so that a denial states nothing; what stands beside it counts."""

_REFUSED_EN = r"(refus|reject|dismiss|den|ignor|clos|exclud|forbid|forbidden|prohibit|bar)\w*"
_REFUSED_FR = r"(refus|rejet|ignor|clos|exclu|interdi|irrecevable|ferm|impossible)\w*"
_OBJECT_EN = r"(complain\w*|appeal\w*|object|objections?|contest\w*|challeng\w*)"
_OBJECT_FR = r"(reclam\w*|contest\w*|recours|faire appel|plaindre)"

NEGATED: dict[str, dict[Element, str]] = {
    "en": {
        Element.RESTRICTION: rf"\b{_STOPS_EN} (none|nothing|no)\b",
        Element.TERRITORY: r"\bnowhere (in|on)\b",
        Element.DURATION: r"\b(not|never|nor) (apply|hold|last|begin|start|run|take effect) (from|until|till|for|as of|on|before|after)\b",
        Element.GROUND: r"\b(is|are|was|were|does|do|did) (not|never) (\w+ )?(rest|breach|violate|infringe|contrary|based|under|the ground|(clause|section|article|rule|part) ?\d)",
        Element.EXPLANATION: r"\bnot (cover|concern|apply to|reach|forbid) (you|your)\b|\byour \w+ (\w+ )?(does|do|is|are|did|was|were) not (\w+ )?(fall|come|breach|violat|contrary|cover)\w*",
        Element.COMPLAINT: rf"\b(no|not|nor|never|nobody|none|cannot|can't|{_REFUSED_EN})\b[^.;,]{{0,40}}\b{_OBJECT_EN}\b"
        rf"|\b{_OBJECT_EN}\b[^.;,]{{0,60}}\b(cannot|can not|can't|nowhere|(is|are|was|were|be|been) (\w+ )?{_REFUSED_EN}|(is|are|be|will|may) not (be )?(read|made|lodged|filed|heard|"
        r"answered|accepted|admitted|possible|open|allowed|sent|considered|examined))\b",
        Element.SETTLEMENT: rf"\b{_OUT_OF_COURT_EN}\b[^.;,]{{0,40}}\b((is|are|was|were|be|been) (\w+ )?{_REFUSED_EN}|(is|are|be) not (open|possible|offered|available|allowed))\b|\b{_REFUSED_EN}\b[^.;,]{{0,30}}\b{_OUT_OF_COURT_EN}\b",
        Element.COURT: rf"\b{_COURT_EN}\b[^.;,]{{0,40}}\b(is|are|was|were|be|been) (\w+ )?{_REFUSED_EN}\b|\b(may|must|can) not\b[^.;,]{{0,30}}\b{_COURT_EN}\b",
    },
    "fr": {
        Element.RESTRICTION: rf"\bn'{_STOPS_FR} (aucune?|rien)\b",
        Element.TERRITORY: r"\bnulle part (dans|en|au|aux)\b",
        Element.DURATION: r"\bne (s'applique|vaut|dure|commence|court)\w* (pas|jamais|plus) (du|a partir|a compter|jusqu|pendant|des|le|avant|apres)",
        Element.GROUND: r"\bn(e |')(est|sont|etait|etaient|repose|viole|enfreint|meconnait) (pas|jamais)\b( \w+){0,3} (contraire|fonde|fondement|sur|clause|section|article|la|nos)",
        Element.EXPLANATION: r"\bne (vous|vise|couvre|concerne|touche) (\w+ )?(pas|jamais)\b|\bvotre \w+ n(e |')(releve|est|tombe|enfreint|viole) (pas|jamais)\b",
        Element.COMPLAINT: rf"\b(pas|plus|aucune?|jamais|personne|ni|{_REFUSED_FR})\b[^.;,:]{{0,40}}\b{_OBJECT_FR}\b|\b{_OBJECT_FR}\b[^.;,]{{0,60}}\b(n'est|ne sont|ne sera|ne seront|ne peut|ne peuvent) (pas|jamais|plus)\b"
        rf"|\b{_OBJECT_FR}\b[^.;,]{{0,60}}\b(est|sont|sera|seront) (\w+ )?{_REFUSED_FR}",
        Element.SETTLEMENT: rf"\b{_OUT_OF_COURT_FR}\b[^.;,]{{0,40}}\b(est|sont|sera|vous est) (\w+ )?{_REFUSED_FR}|\b{_REFUSED_FR}\b[^.;,]{{0,30}}\b{_OUT_OF_COURT_FR}",
        Element.COURT: rf"\b{_COURT_FR}\b[^.;,]{{0,40}}\b(est|sont|sera|vous est|vous sont) (\w+ )?{_REFUSED_FR}|\b{_REFUSED_FR}\b[^.;,]{{0,30}}\b{_COURT_FR}\b",
    },
}
"""What denies an element in a passage that its author marked as stating it; addresses are left out before it is looked for."""

BESIDES = {
    "en": r"\b(not|never|except|save|excluding|outside|other than|apart from)\b[^.;]*",
    "fr": r"\b(pas|sauf|hors|excepte|hormis|a l'exception|en dehors)\b[^.;]*",
}
"""What is said of other places than those in which a measure applies."""

EVADED = {
    "en": r"\b(we|this (notice|letter|message)) (\w+ )?(do not|does not|don't|doesn't|cannot|can not|can't|will not|won't|may not|refuse to|declines? to|are not able to|are unable to) "
    r"(\w+ ){0,2}(say|tell|disclose|reveal|know|comment|confirm|share|explain)\b[^.;]*",
    "fr": r"\bnous ne (le |vous )?(disons|dirons|revelons|communiquons|precisons|savons|indiquons|confirmons|expliquons)\b[^.;]*"
    r"|\bnous (ne (pouvons|souhaitons|voulons) (pas|ni)|refusons de)( \w+){0,2} (dire|reveler|communiquer|preciser|indiquer|confirmer|savoir|expliquer)\b[^.;]*",
}
"""What says that something is not said: nothing in the rest of such a clause is stated."""

ASIDE = {
    "en": r"\b(may|might|could|will|would) (also |then )?(lead to|result in|cause|face|be (\w+ )?(suspended|disabled|removed|restricted|"
    r"terminated|banned|limited|closed|blocked))\b|\b(further|repeated|future|additional|continued) (violation|breach|infringement)s?\b"
    r"|^(please|if you|if your|to avoid|to learn|learn more|for more information|thank you)\b",
    "fr": r"\b(peut|peuvent|pourrait|pourraient|pourra|pourront) (egalement |aussi |alors )?(entrainer|conduire|causer|donner lieu|etre (\w+ )?(suspend|desactiv|"
    r"retir|restrein|resili|bann|limit|ferm|bloqu)\w*)|\b(nouvelles?|autres?) (violation|infraction|manquement)s?\b|\b(violation|infraction|manquement)s? repete"
    r"|^(veuillez|merci|si vous|si votre|pour eviter|pour en savoir|afin d'eviter)\b",
}
"""What might happen, or is asked for: such a sentence states no restriction, territory, duration or fact."""

ALLEGES_ILLEGALITY = {
    "en": r"\b(illegal(ly)?|unlawful(ly)?|against the law|(prohibited|forbidden) by (the )?(\w+ )?law|law forbids|violat\w+ (of )?(the |applicable )?(\w+ )?laws?|"
    r"regulation \(e|directive \(e|\d{4}/\d+/e[cu]|cfr|statute)\b",
    "fr": r"\b(illegal\w*|illegaux|illicites?|contraires? a la loi|interdite?s? par la loi|loi (\w+ )?interdit|viol\w* (de )?(la loi|les lois|des lois)|"
    r"reglement \(u|directive \(u|\d{4}/\d+/(ce|ue)|cfr)",
}
"""What tells a ground in law from one in the terms."""

DENIES_ILLEGALITY = {
    "en": r"\b(not|never|no|nor|without)\b[^,;:]{0,40}\b(illegal|unlawful|laws?)\b",
    "fr": r"\b(ne|n'\w+|pas|non|sans|ni|aucune?)\b[^,;:]{0,40}\b(illegal\w*|illicites?|lois?)\b",
}
"""What says that nothing illegal is alleged."""

CITES_TERMS = {
    "en": r"\b(clauses?|sections?|articles?|paragraphs?|rules?|points?) ?[\w(]*\d[^;]*\b(of|in) (our|the) (\w+ ){0,2}(terms|polic(y|ies)|guidelines|standards|conditions)\b",
    "fr": r"\b(clauses?|sections?|articles?|paragraphes?|regles?|points?) ?[\w(]*\d[^;]*\b(de nos|des|de la|de notre) (\w+ ){0,2}(conditions|politiques?|lignes directrices|normes)\b",
}
"""What cites a clause of the terms, so that they are a ground beside the law."""

LIFTED = {
    "en": r"\b(until|till|unless|as long as) (\w+ ){1,6}(is|are|has|have|was|were|been|being|do|does|did|show|shows) ?|\buntil (lifted|further)\b"
    r"|\b(indefinite\w*|permanent\w*|no end date|without end|for good|lifted)\b",
    "fr": r"\bjusqu'(a|au|aux)\b|\btant qu|\b(indefini\w*|illimite\w*|definiti\w*|permanent\w*|sans (date de )?fin|levee?s?)\b",
}
"""What says that a measure has no end of its own."""

SOURCES: dict[str, dict[Source, str]] = {
    "en": {
        Source.OWN_INITIATIVE: r"\bown (initiative|review|motion|checks?)\b|\bon our own\b|\b(routine|regular|random|spot) (checks?|reviews?)\b"
        r"|\bnobody (else )?(had |has )?(reported|complained|notified|flagged|told)\b|\bno ((\w+ )?(notice|report|complaint)s?|third part(y|ies))\b[^.;]*",
        Source.ARTICLE_16: r"\b(article|art\.?) 16\b",
        Source.TRUSTED_FLAGGER: r"\bflaggers?\b",
        Source.OTHER_NOTIFICATION: r"\b(notices?|notifications?|notified|reports?|reported|complaints?|complained|third part(y|ies)|told|wrote|warned|alerted|flagged)\b",
    },
    "fr": {
        Source.OWN_INITIATIVE: r"\b(propre initiative|d'office|propre examen|controles? (de routine|reguliers?|aleatoires?|par sondage))\b"
        rf"|\baucune? (signalement|notification|plainte|avis|tiers)\b[^.;]*|{_NOBODY_FR}[^.;]*",
        Source.ARTICLE_16: r"\b(article|art\.?) 16\b",
        Source.TRUSTED_FLAGGER: r"\bsignaleurs?\b",
        Source.OTHER_NOTIFICATION: r"\b(notifications?|notifie\w*|signalements?|signalee?s?|plaintes?|reclamations?|tiers|avertis?|alerte\w*|ecrit)\b",
    },
}
"""What says which source led to the decision. A notice that is denied is none: that a case is the platform's own says so."""

NOT_SOURCES = {
    "en": (
        r"\b(not|never|n't|neither|nor)( \w+){0,4} (own (initiative|review|motion|checks?)|on our own)\b",
        r"\bnot( \w+){0,2} (notices?|notifications?|reports?|complaints?|flaggers?|third part(y|ies))\b[^.;]*",
    ),
    "fr": (
        r"\b(pas|jamais|ni)( \w+){0,3} (propre (initiative|examen)|d'office)\b",
        r"\b(pas|ni)( \w+){0,3} (notifications?|signalements?|plaintes?|signaleurs?|tiers)\b[^.;]*",
    ),
}
"""What denies a source: that the platform acted by itself, and that a notice led to the decision."""

MEANS: dict[str, dict[str, str]] = {
    "en": {
        "system": rf"\b{_SYSTEM_EN}\b",
        "no system": rf"\b(no|not|without|neither|nor|never)\b( \w+){{0,3}} {_SYSTEM_EN}\b( means)?|\b{_SYSTEM_EN}( means)? (were|was|are|is) not\b",
        "person": rf"\b{_PERSON_EN}s?\b|\bby hand\b",
        "partly": r"\b(part(ly|ially)|in part|help(s|ed)?|assist\w*)\b",
    },
    "fr": {
        "system": rf"\b{_SYSTEM_FR}\b",
        "no system": rf"\b(aucune?|pas|sans|ni|jamais)\b( \w+){{0,3}} {_SYSTEM_FR}\b|\b{_SYSTEM_FR} n'(ont|a|est|etait) (pas|jamais)\b",
        "person": rf"\b{_PERSON_FR}s?\b|\ba la main\b|\bjuristes?\b",
        "partly": r"\b(en partie|partiel\w*|aide\w*|assist\w*|contribue\w*)\b",
    },
}
"""What names automated means, denies them, and names people: by these it is told how far automated means went."""

RECORDED = {
    "en": r"\b(records?|recorded|registers?|files?|lists?|entry|entries|complete|read in)\b",
    "fr": r"\b(registres?|enregistre\w*|dossiers?|fichiers?|listes?|inscriptions?|complete?|source)\b",
}
"""What names a record in which something was read, and whose silence can speak where it is complete."""

TOLD = {
    "en": r"\b(tell|told|inform|notify|warn|remind)\w*\b( \w+){0,2} you\b|\byou are (told|informed|notified|warned)\b",
    "fr": r"\b(vous )(inform|notifi|averti|signal|rappel|faisons savoir|indiqu|disons)\w*|\bvous etes (informe|averti)\w*",
}
"""What states the mildest measure, by which something is only told."""

CLAUSE_WORDS = r"\b(clauses?|sections?|articles?|art\.|rules?|regles?|paragraphe?s?|part(ie)?s?|points?|items?|ziffer|no\.|n°)|§"
"""What stands before the number of a clause, in any language: RE2 alternatives without an end."""

LANGUAGES = tuple(SIGHT)
"""Languages in which a notice without annotations can be searched."""
