//! Words that stand in every text and tell nothing of its subject, folded, with spaces between.

/// Of English.
pub const ENGLISH: &str = "a about after again all also am an and any are as at be because been \
    before being both but by can cant could did didnt do does doesnt doing dont down each else few \
    for from get getting got had has have havent having he her here hers him his how i id if ill im \
    in into is isnt it its ive just like ll me more most much my never no nor not now of off on \
    once one only or other our ours out over own re really same she should so some somebody someone \
    something still such than that thats the their theirs them then there these they theyre theyve \
    this those through to too under until up us ve very want was wasnt we well were what whats when \
    where which while who whom why will with wont would yes yet you your youre yours";

/// Of German.
pub const GERMAN: &str = "aber alle allem allen aller alles als also am an ander andere anderen auch \
    auf aus bei bin bis bist da damit dann das dass dein deine dem den denn der des dich die dies \
    diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer eines er es etwas \
    euch euer fur hab habe haben hat hatte hatten ich ihm ihn ihnen ihr ihre im in ins ist ja jede \
    jedem jeden jeder kann kein keine konnen man mehr mein meine mich mir mit muss nach nicht nichts \
    noch nun nur ob oder ohne sehr sein seine sich sie sind so soll uber um und uns unser unter vom \
    von vor war waren warum was weil wenn wer werde werden wie wieder will wir wird wo zu zum zur";
