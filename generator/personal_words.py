"""Words that tell names of persons from names of organisations. Small letters, no marks."""

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


@lru_cache(maxsize=16)
def words_in(text: str) -> frozenset[str]:
    """The words of a text: the first, cheap look for those that would make it worth a second."""
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))


INSTITUTION = words("""
    academy airport archdiocese authority bank borough bureau cathedral chapel charities
    charity church cic cio college commissioner constabulary corporation council deanery
    department diocese directorate embassy foundation gurdwara hospice hospital inc
    incorporated infirmary infrastructure institute institution laboratories library limited
    llc llp ltd ministry mosque museum nhs office parish partnership plc police prison school
    schools service services society stadium station surgery synagogue temple theatre trust
    trustees university yha ymca ywca
""")
"""Bodies whose address is public."""

ORGANISATION = INSTITUTION | words("""
    abbeyfield accord action activities activity adventure advice advisory advocacy age agency
    aid ales alliance allotment allotments almshouses amateur ambulance appeal archers
    architects area art arts asian assembly associates association associations athletic
    athletics autism avenue award awards badminton bakery band baptist barracks based basketball
    beavers befrienders befriending benevolent bhf bid bowling bowls boxing branch brass
    breakfast brewery brigade brothers brownies builders building bus business cab cabs cadets
    cafe camera campaign campus cancer canoe canolfan capel cardiac care carers cars catering
    catholic cc ccg ce center centre centres chain challenge chamber childcare children
    childrens choir choral chorus churches cinema circle circus citizens city civic climbing
    clinic club clubs clwb co coalition coffee collaborative collective colliery comedy
    commission committee common communications communities community company concern connect
    connections conservation consortium construction consultancy consultants consulting contact
    contractors coop cooperative cooperatives cottage counselling county court craft creative
    cricket crime crossroads csp csu cubs cultural culture cycling cylch cymdeithas cyngor dance
    deaf dementia dental design development developments digital disability disabled drama
    dreams early economic education educational eglwys eisteddfod elderly electrical employment
    energy engineering enterprise enterprises environment environmental equestrian estates
    ethnic event events exchange executive explorers families farm farmers fc federation
    fellowship festival film finance fire fishing fitness flower food foods football for forces
    forest forum fostering foyer framework friends friendship fund funding futures gallery games
    garden gardening gardens gas gateway general girlguiding girls global gospel government
    governors grange group groups growers guides guild gymnastics harriers harvest health
    healthcare healthy help helping helpline heritage highways historical history hockey
    holdings holiday holidays holy home homecare homeless homes homestart hostel hotel house
    household housing hub human improvement in inclusion inclusive independent industries infant
    information initiative initiatives inn insight institutes insurance integrated interiors
    international investments islamic jazz joinery jubilee judo junior juniors justice karate
    kids kitchen kitchens labour labs ladies landscapes law league learning legal legion leisure
    lettings lgbt library life lifeline link links lions living local lodge lodges logistics
    lunch magistrates maintenance management march maritime market martial masjid matters mayor
    meals media medical meeting meithrin memorial men mencap mens mental menter methodist mews
    mind ministries mission mobility montessori mothers motor motors mountain mountaineers music
    musical muslim national naturalists nature neighbourhood neighbours netball network networks
    new news nurseries nursery of older olympic online opcc opera operatic opportunities
    orchestra organisation organization our outdoor outreach palace panel parents parishes park
    partners partnerships patients patrol pavilion pcc pensioners people peoples performing
    pharmacy photography physio pier pilot pipers play players playground playgroup playing
    playscheme plumbing plus pool pools practice pregnancy preschool primary print printing
    productions products project projects promotions properties property pta public publishing
    pupils quilters radio railway ramblers rangers reading recovery recreation recreational
    recruitment recycling red refuge regeneration regional relief rescue research residents
    resource resources response restoration retail riding rights rnib rnli road roofing rotary
    rovers rowing royal rspb rspca rugby running rural safeguarding safer safety sailing
    salvation samaritans sands sc scheme schemes school science scout scouting scouts sen
    seniors settlement shelter shop shopmobility show sisters skate skating skills social
    software solicitors solutions sons special sport sporting sports squad square staff
    strategies strategy street stroke students studio studios sub supplementary supplies support
    surf surveyors sustainability swimmers swimming systems talking taxis team tech technologies
    technology teen tenants tennis textiles the therapies therapy to toddler toddlers together
    tots town toy trading trail training trampoline transformation transition translations
    transport travel tree trees twinning two uk under union unit united unity uow urban urdd
    utilities vale valley vans vca veterans victim victims video view villa village villages
    vision visual vocational voices voluntary volunteer volunteers vulnerable walkers walking
    war waste water ways welfare wellbeing wheelers wi wildlife wishing with women womens
    woodland woodlands workers working works workshop workshops world worldwide worship yacht
    york youth ysgol zone
""")
"""Words that no person's name has. Where one stands, the whole is an organisation or a thing."""

AMBIGUOUS = words("""
    abbey abbots amber angel april ash ashford ashton aspen august autumn avon barn barton bay
    beacon bell best birch bishop blue bolton bradford brand bridge bridges bright bristol broad
    brook brooks buckingham burton bush carmel castle chance chapel chapman charity chase
    chelsea cheltenham chester christian church clay clement clifton close cole coral crescent
    cross crown daisy dale dawn day derby devon diamond dock dove drake druid dudley duke dunes
    durham eagle earl east eastwood eden elm england essex ever faith falcon farm fern field
    fields florence ford forge forrest fountain france freedom friday friend frost gates georgia
    gift glen glory gold golden good grace grand grange grant grassland gray green greenwood
    grove hale hall ham hamlet hampton harbour harmony hart haven hawthorn hazel heart heath
    heather heaven heights hereford hill hillside holland hope hunt hunter india iris island ivy
    jade jasmine jewel jordan joy jubilee june justice kent key keys king kings kingston lake
    lakes lancaster land lane lark laurel lavender law leaf leeds lily lincoln lion little lock
    london long love lucky madison malvern manor marina market marsh may mead meadow meadows
    melody mercy mersey middleton mill mills monmouth moor moss mount new newport newton north
    oak oakley oaks olive orchard oxford page paris parks pearl pine plant poole poppy porter
    post potter power precious preston price prince prior queen rain rainbow rhodes rich river
    rivers rock rose roses rowan royal ruby saint salt sand sea self severn shaw shell shields
    silver sky skye smart south spark spring springs stage star stars stone storm stratford
    strong summer summers sun sunny swan swift temple terrace thorn thorne tower townsend
    trinity true unity vale valentine victor victoria victory vine violet wall walls ward warren
    water waters way well wells west weston wheel wheeler white wild will willow willows windsor
    winter winters wise wolf wood woods woodstock worth wren wynd york yorke young
""")
"""Names that are also words, places or plants: one alone doesn't make a person."""

BUILDINGS = words("""
    abbey bridge bridges castle chapel charity church close court crescent cross fields gardens
    grange grove hall heights hillside island lake lakes lane lodge manor market mead meadow
    meadows mill mills moor mount oaks orchard park parks river rivers street terrace tower
    trinity vale valley view walk way wells west woods
""")
"""Those of them that follow a place's name: Victoria Hall."""

VIRTUES = words("""
    april august autumn charity chelsea faith glory golden harmony heaven hope joy jubilee june
    king love may melody mercy paris peace prince queen rainbow silver spring summer sunny
    trinity unity victory winter young
""")
"""Those of them that things are called by: Hope Springs."""

COMMON = AMBIGUOUS | words("""
    a about access address after against all also an and another any application applied are as
    at attended available be bean because been before being benefit better between both but by
    can child christmas clean cost costs could cover did district do does during each enable
    end equipment every families family first fix from full further gave get give given grants
    had happy has have he her hers him his how if into is it its join keep larger last later
    led left made make many match meet men menu met month months more most much
    muscle must next night no not now number offer on one only open or other over own per
    person places please programme provide provides purchase quality request role run said
    saigon same saw second see series session sessions set she should show since site small so
    some starts still such take than that their them then there these they things third this
    those three through time times today told tour towards turn until up use used
    using very visit was we week weeks welcome well were what when where which while who
    whole why wife within without won worked would year years yet you your
""")
"""Words that aren't a surname that a list lacks."""

WELL_KNOWN = frozenset(
    one.strip()
    for one in """
    abbey wood | albert hall | arthur andersen | arthur rank | barnardos | benjamin moore |
    bevan brittan | browne jacobson | capel manor | captain cook | carr gomm | charles darwin |
    charles dickens | clara nevada | clarke willmott | colin mcadam | compton verney | danny boy
    | david lloyd | dorothy perkins | douglas macmillan | edward jones | elizabeth finn |
    elizabeth gaskell | emily jordan | ernest cook | ernst young | francis crick | franklin
    covey | george eliot | gilbert ash | grant thornton | guy fawkes | h samuel | harry potter |
    harvey nichols | helen bamber | henry boot | henry schein | henry smith | howard kent | hugo
    boss | irwin mitchell | j d wetherspoon | j sainsbury | jack petchey | jack wills | james
    fisher | james paget | jane austen | jarvis cocker | jean monnet | jimmy choo | jo cox | jo
    malone | john laing | john lewis | john menzies | john sisk | john wiley | jones bros |
    jones lang lasalle | joseph rowntree | karl storz | keir hardie | kelly eye | kelly hughes |
    kier graham | laura ashley | lee valley | leonard cheshire | lewis silkin | lloyd george |
    mace dragados | marie curie | marie stopes | martha trust | martin mccoll | mary seacole |
    max factor | michael page | mills reeve | mitchell charlesworth | morgan sindall | morgan
    stanley | mott macdonald | nelson mandela | norman cross | nuffield | oliver bonas | oliver
    twist | oliver wyman | oscar mayer | ove arup | paul hamlyn | paul smith | percival
    guildhouse | peter pan | philip morris | pitney bowes | price waterhouse | ralph lauren |
    robert half | robert walters | robertson baxter | robin hood | rolls royce | russell cooke |
    russell reynolds | s p jain | scott bader | stanley matthews | stephen lawrence | sue
    lambert | sue ryder | sydney mitchell | taylor wimpey | ted baker | terrence higgins |
    thomas cook | thomas coram | thomas franks | thomas miller | thomas pocklington | thomson
    reuters | tommy hilfiger | travis perkins | trowers hamlins | turner townsend | victoria
    hall | w h smith | walter lilly | wesley hall | wh smith | william morris | willis towers
    watson | willmott dixon | wilson james | winston churchill
    """.replace("\n", " ").split("|")
)
"""Organisations that are called by what looks like a person's name."""

MORE_FIRST = words("""
    abebe abimbola abiola adaobi adeola adnan agnieszka ahmed ailsa aisha akash alasdair aled
    alf alfie ali alistair alun amaka amarjit amber amit amrit ana andriy andrzej andy angharad
    angus anh anil ankit anwen archie arun arwel ashok asma ayesha ayo ayodele azeem babatunde
    balbir baljit balwinder barbara barnaby barry bashir beata beca bernie bert bev bhupinder
    bilal bill bisi bjork bjorn bob bogdan bolanle bronwen bryn bukola bushra cai calum carys
    cath catriona ceri cerys chidi chika chinedu chioma chipo chris colette cressida cyril
    dafydd daisy daljit damilola dariusz dave davinder dayo debs dee deepak deepika deio delroy
    delyth denise desta dewi di dimitar dinesh dmitri dmytro doris dot ebele ed eddie edith efa
    efua eilidh eira eirlys elen eleri elin elsie eluned emre emrys emyr enid esme esyllt ethel
    ewa ewan ewen faduma fadumo faisal farah farai farhan farooq fatima fatimah fergus ffion
    finlay finley florence folake fraser fred freddie freya funke funmilayo ganesh gbenga geeta
    geoff geraint gethin gill ginny girma gita gladys glenys glyn glynis gracie gregor gruffydd
    grzegorz gurdeep gurpreet guto gwen gwenllian gwilym gwyn gwyneth haf haleema hamid hamish
    hamza hanif harbhajan hardeep harjinder harjit haroon harpreet hassan heledd hilda hina
    holly hong hugo hui humaira hussain huw hywel ibrahim idris iestyn ieuan ifan ifeoma
    ikechukwu ikram imogen imran imtiaz inderjit innes ioan iolo iqra irfan irina iryna isla
    ismail ivor ivy iwan iwona jacek jackie jade jagdeep jan jasmine jaspreet jaswinder javed
    jemima jen jerzy jess jie jim jimmy jing jo joanna joe jon jordan josie joy judi judy jun
    justyna kalpana karamjit karwan kasia katarzyna kate kateryna kath katie kavita kehinde kemi
    ken kev khadija khadijah khalid kim kiran kirsteen kishore krzysztof kuldeep kulwinder
    kwabena kwame lachlan larry latifa lenny les li liam lily lin linh liz lizzie llinos llyr
    lorna lou lowri lukasz lyn maciej macsen maddy magdalena maggie mags mahesh mair mairi
    maisie maksym malcolm malgorzata mali mandeep mandy manjit manoj marcin mared mari mariusz
    marjorie maryam mavis meena mehmet mei meilyr meinir mel menna mererid mhairi mick mike
    mildred ming mo mohamud molly morag morven muhammad muhammed mukesh murdo muriel mustafa
    myfanwy mykola nabila nadia naeem nan nasir nasreen nate naveed navjot ned nell nerys ngozi
    nguyen nia nick nikhil nimal nitin nkechi nnamdi non noor nora noura obinna oksana ola
    olamide oleg oleksandr olena olga olive oliwia ollie olufemi olumide oluwaseun oluwatobi
    olwen omar oscar osian owain ozan paddy pam pankaj paramjit paris parminder parveen pat
    patsy pawel peggy penny pete petro phil phyllis ping piotr pip poppy prakash precious
    priyanka przemyslaw rabia rafal rahul raj rajeev rajesh rajinder rakesh ramesh rania ranjit
    rashida ravi ray razia reena reg rehana rekha rhian rhiannon rhodri rob rod ron ronnie rory
    rosa roshni rosie rotimi ruaridh rubina ruby rukhsana rupert sade sadia safia saima sajid
    sal sally salma sameer sandeep sandy sanjay sanjeev satnam seema segun serhii seun shabana
    shabnam shaheen shahid shakeel shanti shaz shazia sheetal shilpa shona shyam sian sid simran
    sioned sipho skye slawomir sohail steffan steph stoyan struan stu sue sukhdeep sukhwinder
    suman sumaya sunil sunita suresh surinder suzy svetlana swati syed tabitha tahira taiwo
    taliesin tanvir tanya tariq tarlochan tarquin tasneem tatenda tayo ted tegan temitope tendai
    terry tesfaye tess thandiwe thanh theo thi tim tina tobi toby tolu tomasz tomos tran trev
    trish tudur tunde uma usman val vandana varun vera vic vijay vikki vikram vinod violet
    vishal viv wale waqar wasim wayne wei wilf will winifred winston wojciech xiao xin yan
    yasmin yemi yetunde ying younis yu yuan yulia yusuf zahid zahra zainab zara zbigniew ziad
    zoe zuzanna
""")
"""First names common in Britain that the library's lists lack."""

MORE_LAST = words("""
    abdi adebayo adeyemi ahmadi ahmed akhtar ali ap appiah asante aziz balogun banerjee banerji
    bano baptiste begum bekele bevan bhatti bibi bloggs boateng bowen bui chatterjee chaudhari
    chaudhry chauhan chen cheung choudhury dang desai devi dhillon dlamini doe entwistle evans
    eze featherstone featherstonehaugh fernandes gethin gill grewal griffiths gruffydd guo
    gwynne haile higginbottom hoang hosseini hu huang hussain iqbal iyer jenkins johal joshi
    kaminski kaur khan khatun kim kovalenko kowalska kowalski lam lewandowski lin liu llewellyn
    lloyd luo macdonald mackenzie macleod mahmood malik mcallister mcbride mccarthy mcdonald
    mcgregor mckay mclean mehta mensah miah mirza mistry mohammed mostyn mukherjee nair nawaz
    ndlovu nguyen nowak nwosu ogden ogunleye okafor okeke okonkwo openshaw osei owusu parmar
    parry patel pereira pham phan pilkington pillai postlethwaite pritchard probert prosser pugh
    qureshi ramsbottom rani rao rashid reddy rees rehman rezaei rhys roe rowbotham sandhu sayed
    shah sharma shevchenko shufflebotham sidhu silva sinclair singh sohal strachan sun suzuki
    tadesse tanaka tang tran tudor uddin urquhart vaughan vu wang warsame winterbottom
    wisniewski wojcik wong wu wynne xu yang yeung zhang zhao zheng zhou zhu zielinski
""")
"""Surnames common in Britain that the library's lists lack."""

EASTERN = words("""
    bui cai cao chan chen cheng cheung cho choi dang deng ding dinh fang feng fung gao guo han
    ho hoang huang huynh jiang kwok lam lau le leung li liang lin liu lu luo mak ng nguyen peng
    pham phan qian ren shen song tam tan tang tian tran trinh truong tse vo vu wang wei wong wu
    xiao xie xu yan yang yao yip yu yuan zeng zhang zhao zheng zhou zhu
""")
"""Surnames that stand before the given name, in China and Vietnam."""
