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
    """achieve adopt agree align amend analyse appoint apply arrange ascertain assess attend broker capture carry
    collate collect combine commission communicate complete conduct consider consolidate consult continue convene
    co-ordinate coordinate create define deliver demonstrate deploy design determine devise disseminate draft draw
    embed empower enable encourage engage enhance ensure establish evaluate exploit expand explore extend facilitate
    finalise formalise gather help hold identify implement improve include incorporate increase influence inform
    initiate integrate introduce invest investigate liaise liase limit link maintain manage maximise meet merge
    minimise mobilise modernise monitor narrow negotiate obtain offer open organise participate prepare present
    prevent prioritise procure produce promote propose provide publicise publish raise rationalise realign realise
    re-commission recommission reconfigure recruit redesign re-design reduce re-establish refine refocus refresh
    relaunch re-launch remodel remove renew reorganise repeat replace report reshape restructure retain review
    revise roll scope secure seek select share sign simplify standardise streamline strengthen submit supplement
    support sustain tackle target test track train transfer transform undertake update upskill use utilise widen
    work write"""
)

#: Orders that are as often nouns in names ("Area Review", "Joint Support Team"): less is trusted to them.
AMBIGUOUS_IMPERATIVES = _words(
    """commission design draft help hold link offer open plan pilot present process record report review scope share
    sign support target test track train transfer use work lead audit contract map launch champion focus roll
    include continue update refresh group manage"""
)

#: Past participles and adjectives of what is reached ("Improved knowledge of …").
RESULTS = _words(
    """accepted accessible accurate achieved adequate agreed all analysed any appropriate approved assessed better
    broader clear clearer closer commissioned completed consistent continued co-ordinated coordinated decreased
    dedicated delivered demonstrable demonstrated detailed developed earlier easier effective efficient embedded
    enhanced established evaluated evidenced expanded extended faster fewer final first-year fit fully further good
    greater higher identified implemented improved increased increasing informed initial integrated jointly less
    local lower maintained measurable minimum maximum more most narrowed new no ongoing on-going operational overall
    positive produced progress published quality quarterly annual monthly weekly termly raised recruited reduced
    reduction refreshed regular relevant reported reviewed revised robust safer signed-off single smoother stable
    stronger strengthened successful sufficient sustained timely trained updated wider"""
)

#: Nouns that a statement of a result begins with ("Evidence of …", "Number of …").
RESULT_NOUNS = _words(
    """accreditation achievement action attainment attendance audit audits award baseline case children clarity closure
    completion communication consultation continuation copies criteria data decrease delivery development
    documentation engagement evaluation evidence families feedback findings framework funding gap gaps guidance
    handover implementation improvement increase increases indicators interim launch learners level levels local
    mechanism measures mobilisation monitoring multi-agency needs normalising number numbers outcome outcomes
    parents partners partnership pathway pathways percentage performance plan plans policies policy practice
    practitioners primary proportion procedures programme programmes progress protocol protocols proposal provision
    publication pupils rate rates recommendations records reduction report reports representatives research results
    review risks roll rollout satisfaction schedule scheme schools secondary service services sessions social staff
    strategy structure survey surveys system systems take-up take targets team teachers tier toolkit tool tools
    training trajectory uptake usage use users views volunteers workforce workshops young youth agencies
    professionals carers members materials resources referrals secured"""
)

#: Numbers in words that may open a statement.
NUMBER_WORDS = _words(
    """one two three four five six seven eight nine ten eleven twelve fifteen twenty half"""
)

#: After these nothing new begins: the sentence waits for more.
CONNECTORS = _words(
    """a about above across after against all along also although am among amongst an and any are around as at be
    because been before being below between both but by can could current de did do does during each either every
    existing for from further had has have her his how i.e e.g if in include includes including inc into is its it
    key least less like local may more most my national new no not of off on one onto or other our out over own per
    plus regarding same shall should since so some such than that the their them then there these they this those
    through throughout to towards two three four five under until up upon use using via was we well were what when
    where whether which while who whom whose will with within without would your & + / - – — annual joint named
    called titled entitled first second third next last previous full overall main statutory formal"""
)

#: Before a number these say that the number is a name, an age or a limit, not the start of a statement.
NUMBER_HOLDERS = _words(
    """stage stages level levels tier tiers year years aged age ages key phase phases section priority minimum maximum
    approximately approx approx. under over post grade grades category categories band bands quarter increase reduce
    target targets total additional remaining around nearly almost roughly only day week month ks part no no. number
    mend start ni csc involving establish establishing provide providing achieve deliver train recruit reach support
    exceed exceeds"""
)
