"""Words that say nothing about what a text is about, in the languages that most users of Latin script write."""

from __future__ import annotations

_ENGLISH = """
a about above after again all also am an and any anyone anything are as at be because been before being below between
both but by can cannot could did do does doing done down each either else ever every few for from get give given gives
got had has have having he her here hers him his how i if in into is it its itself just let like many may me might mine
more most much must my neither no nor not now of off on once one ones only or other our out over own per please same
shall she should so some someone something such tell than that the their theirs them then there these they this those
through to too under until up upon us very was we were what whatever when where whether which while who whom whose why
will with within without would yes yet you your yours
"""
_GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte da dabei
dafür damit dann daran darauf darin das dass davon dazu dein deine dem den denn der deren des dessen dich die dies diese
diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gibt
gib habe haben hast hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem
jeden jeder jedes kann kein keine keinem keinen keiner können könnte lässt man mein meine meinem meinen meiner mich mir
mit muss müssen nach nein nicht nichts noch nun nur ob oder ohne sehr sei sein seine seinem seinen seiner seit sich sie
sind so soll sollen sollte sonst über um und uns unser unsere unter vom von vor war waren warum was wegen weil welche
welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieso will wir wird wo wodurch wofür
wohin womit woran worauf woraus worin wovon wozu wurde wurden würde zu zum zur zwischen
"""
_FRENCH = """
à alors après au aucun aussi autre aux avant avec avoir ce cela celle celui ces cet cette ceux chaque chez comme comment
dans de depuis des dont du elle elles en encore entre es est et eu été être eux il ils je jusque la là le les leur leurs
lui ma mais me même mes moi mon ne ni nos notre nous on ont ou où par pas pendant peu peut plus pour pourquoi qu quand
que quel quelle quelles quels qui quoi sa sans se sera ses si son sont sous sur ta te tes toi ton tous tout toute toutes
très tu un une vers vos votre vous
"""
_SPANISH = """
al algo algunos ante antes aquel aquella como con contra cual cuales cuando cuál cuáles cuándo cuánto cuántos cómo de
del desde donde dónde dos durante el ella ellas ellos en entre era es esa ese eso esta estaba está están este esto estos
fue ha han hasta hay la las le les lo los me mi mis mucho muy más ni no nos nosotros nuestra nuestro o os otra otro para
pero poco por porque puede que quien quién qué se sea ser si sido sin sobre son su sus sí también tanto te tiene tienen
todo todos tu tus un una uno unos usted y ya yo él
"""
_OTHERS = """
agli ai alla alle anche che chi ci coi col come con cosa cui da dagli dai dal dalla dalle dei del della delle di dove e
gli ho il io lei loro lui ma mi mia mio ne negli nei nel nella nelle noi non ogni per perché più quale quando quanti
quanto quella quello questa questo sono sta sua sue sugli sui sul sulla suo suoi tra tuo vi voi
aos ao às até com da das do dos ela ele eles em essa esse foi isso isto já lhe mais mas na nas nem nos não num numa pela
pelo porque qual quais quando quem se sem seu seus são só sua suas também tem têm uma você
aan al als bij daar dan dat de deze die dit door een en er geen haar hebben heeft hem het hier hij hoe hun ik in is je
kan maar me meer met mijn naar niet nog om onder ons ook op over te tot uit van veel voor waar was wat we wel werd wie
wij worden wordt ze zich zij zijn zo zou
"""

FUNCTION_WORDS = frozenset(" ".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _OTHERS)).split())
"""Folded by case alone: accents stay."""
