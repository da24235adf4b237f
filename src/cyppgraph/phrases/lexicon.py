"""The words that open a statement, where print has lost the mark before it. Data; every list may grow.

In: nothing. Out: word lists, lower case, by what the word is. ``cyppgraph.phrases.statements`` reads them: such a word,
capitalised in the middle of a cell, begins a new statement unless what stands before or after it says that it belongs
to a name ("Southend Staged Intervention Model") or to the phrase before ("number of Secondary schools").
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs that give orders and are hardly ever part of a name.
IMPERATIVES = _words(
    """achieve add address administer adopt advertise advise advocate agree align allocate amend analyse apply appoint
    approve arrange ascertain ask assess assign assist assure attend award bring broker build capture carry
    celebrate challenge champion clarify close co-ordinate co-produce collate collect combine commence commission
    communicate compare compile complete conduct confirm consider consolidate consult continue contribute convene
    coordinate cover create decrease define delegate deliver demonstrate deploy design determine develop devise
    disseminate draft draw eliminate embed empower enable encourage engage enhance ensure establish evaluate expand
    exploit explore extend facilitate finalise follow formalise fund gather give grow help hold identify implement
    improve include incorporate increase influence inform initiate install integrate introduce invest investigate
    issue join keep launch lead liaise liase limit link maintain make manage maximise measure meet merge minimise
    mitigate mobilise modernise monitor move narrow negotiate nominate obtain offer open optimise organise oversee
    participate pool prepare present prevent prioritise procure produce promote propose provide publicise publish
    put raise rationalise re-commission re-design re-establish re-launch realign realise receive recommission
    reconfigure record recruit redesign reduce refer refine refocus refresh reinforce relaunch remodel remove renew
    reorganise repeat replace report reshape resolve respond restructure retain review revise roll safeguard scope
    secure seek select set share sign simplify specify standardise start streamline strengthen submit supplement
    support survey sustain tackle take target teach test track train transfer transform trial understand undertake
    update upskill use utilise verify widen work write"""
)

#: Orders that are as often nouns in names ("Area Review", "Joint Support Team"): less is trusted to them.
AMBIGUOUS_IMPERATIVES = _words(
    """address advise audit award challenge champion close commission continue contract cover design draft focus fund
    group help hold include issue join launch lead link manage map measure move offer open pilot plan pool present
    process record refresh report review roll scope set share sign start support survey target test track train
    transfer trial update use work"""
)

#: Past participles and adjectives of what is reached ("Improved knowledge of …").
RESULTS = _words(
    """accepted accessible accurate achieved adequate agreed all analysed annual any appropriate approved assessed
    better broader clear clearer closer co-ordinated commissioned completed consistent continued coordinated
    decreased dedicated delivered demonstrable demonstrated detailed developed earlier easier effective efficient
    embedded enhanced established evaluated evidenced expanded extended faster fewer final first-year fit fully
    further good greater higher identified implemented improved increased increasing informed initial integrated
    jointly less local lower maintained maximum measurable minimum monthly more most narrowed new no on-going
    ongoing operational overall positive produced progress published quality quarterly raised recruited reduced
    reduction refreshed regular relevant reported reviewed revised robust safer signed-off single smoother stable
    strengthened stronger successful sufficient sustained termly timely trained updated weekly wider"""
)

#: Nouns that a statement of a result begins with ("Evidence of …", "Number of …").
RESULT_NOUNS = _words(
    """accreditation achievement action agencies attainment attendance audit audits award baseline carers case children
    clarity closure communication completion consultation continuation copies criteria data decrease delivery
    development documentation engagement evaluation evidence families feedback findings framework funding gap gaps
    guidance handover implementation improvement increase increases indicators interim launch learners local
    materials measures mechanism members mobilisation monitoring multi-agency needs normalising number numbers
    outcome outcomes parents partners partnership pathway pathways percentage performance plan plans policies policy
    practice practitioners primary procedures professionals programme programmes progress proportion proposal
    protocol protocols provision publication pupils rate rates recommendations records reduction referrals report
    reports representatives research resources results review risks roll rollout satisfaction schedule scheme
    schools secondary secured service services sessions social staff strategy structure survey surveys system
    systems take take-up targets teachers team tier tool toolkit tools training trajectory uptake usage use users
    views volunteers workforce workshops young youth"""
)

#: Numbers in words that may open a statement.
NUMBER_WORDS = _words("""one two three four five six seven eight nine ten eleven twelve fifteen twenty half""")

#: After these nothing new begins: the sentence waits for more.
CONNECTORS = _words(
    """& + - / a about above across after against all along also although am among amongst an and annual any are around
    as at be because been before being below between both but by called can could current de did do does during e.g
    each either entitled every existing first five for formal four from full further had has have her his how i.e if
    in inc include includes including into is it its joint key last least less like local main may more most my
    named national new next no not of off on one onto or other our out over overall own per plus previous regarding
    same second shall should since so some statutory such than that the their them then there these they third this
    those three through throughout titled to towards two under until up upon use using via was we well were what
    when where whether which while who whom whose will with within without would your – —"""
)

#: Before a number these say that the number is a name, an age or a limit, not the start of a statement.
NUMBER_HOLDERS = _words(
    """achieve additional age aged ages almost approx approx. approximately around band bands categories category csc
    day deliver establish establishing exceed exceeds grade grades increase involving key ks level levels maximum
    mend minimum month nearly ni no no. number only over part phase phases post priority provide providing quarter
    reach recruit reduce remaining roughly section stage stages start support target targets tier tiers total train
    under week year years"""
)

#: Nouns that an action may begin with, "of", "and" or "&" after them ("Management & delivery of capital projects").
ACTION_NOUNS = _words(
    """completion creation delivery development implementation introduction management monitoring production provision
    removal review rollout roll-out"""
)

#: Who may be told to do something in the middle of a cell ("Schools to identify …").
ACTORS = _words(
    "agencies all centres council governors parents partners practitioners providers schools services staff"
)

#: After a number these end the words that say what is counted.
NOUN_PHRASE_ENDS = _words(
    """per each every have has had are is be will to in on for from by with within of at and or who that which using
    including involving a were was"""
)
