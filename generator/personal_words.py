"""Words that tell names of persons from names of organisations. Small letters, no marks."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


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
    aid ales alliance allotment allotments amateur ambulance appeal archers architects area art
    arts asian assembly associates association associations athletic athletics autism award
    awards badminton bakery band baptist based basketball beavers befriending benevolent bhf
    bid bowling bowls boxing branch brass breakfast brewery brigade brothers brownies builders
    building bus business cab cabs cadets cafe camera campaign campus cancer canoe canolfan
    capel cardiac care carers cars catering catholic cc ccg ce center centre centres chain
    challenge chamber childcare children childrens choir choral chorus churches cinema circle
    circus citizens city civic climbing clinic club clubs clwb co coalition coffee
    collaborative collective colliery comedy commission committee common communications
    communities community company concern connect connections conservation consortium
    construction consultancy consultants consulting contact contractors coop cooperative
    cooperatives cottage counselling county court craft creative cricket crime crossroads csp
    csu cubs cultural culture cycling cylch cymdeithas cyngor dance deaf dementia dental design
    development developments digital disability disabled drama dreams early economic education
    educational eglwys eisteddfod elderly electrical employment energy engineering enterprise
    enterprises environment environmental equestrian estates ethnic event events exchange
    executive explorers families farm farmers fc federation fellowship festival film finance
    fire fishing fitness flower food foods football for forces forest forum fostering foyer
    framework friends friendship fund funding futures gallery games garden gardening gardens
    gas gateway general girlguiding girls global gospel government governors grange group
    groups growers guides guild gymnastics harriers harvest health healthcare healthy help
    helping helpline heritage highways historical history hockey holdings holiday holidays home
    homecare homeless homes homestart hostel hotel house household housing hub human
    improvement in inclusion inclusive independent industries infant information initiative
    initiatives inn insight institutes insurance integrated interiors international investments
    islamic jazz joinery jubilee judo junior juniors justice karate kids kitchen kitchens
    labour labs ladies landscapes law league learning legal legion leisure lettings lgbt
    library life lifeline link links lions living local lodge lodges logistics lunch
    magistrates maintenance management march maritime market martial matters mayor meals media
    medical meeting meithrin memorial men mencap mens mental menter methodist mind
    ministries mission mobility montessori mothers motor motors mountain mountaineers music
    musical muslim national naturalists nature neighbourhood neighbours netball network
    networks new news nurseries nursery of older olympic online opcc opera operatic
    opportunities orchestra organisation organization our outdoor outreach palace panel parents
    parishes park partners partnerships patients pavilion pcc pensioners people peoples
    performing pharmacy photography physio pilot pipers play players playground playgroup
    playing playscheme plumbing plus pool pools practice pregnancy preschool primary print
    printing productions products project projects promotions properties property pta public
    publishing pupils quilters radio railway ramblers rangers reading recovery recreation
    recreational recruitment recycling red refuge regeneration regional relief rescue research
    residents resource resources response restoration retail riding rights rnib rnli road
    roofing rotary rovers rowing royal rspb rspca rugby running rural safeguarding safer safety
    sailing salvation samaritans sands sc scheme schemes school science scout scouting scouts
    sen seniors settlement shelter shop shopmobility show sisters skate skating skills social
    software solicitors solutions sons special sport sporting sports squad staff strategies
    strategy stroke students studio studios sub supplementary supplies support surf surveyors
    sustainability swimmers swimming systems talking taxis team tech technologies technology
    teen tenants tennis textiles the therapies therapy to toddler toddlers together tots town
    toy trading trail training trampoline transformation transition translations transport
    travel tree trees twinning two uk under union unit united unity uow urban urdd utilities
    vale valley vans vca veterans victim victims video view villa village villages vision
    visual vocational voices voluntary volunteer volunteers vulnerable walkers walking war
    waste water ways welfare wellbeing wheelers wi wildlife wishing with women womens woodland
    woodlands workers working works workshop workshops world worldwide worship yacht york youth
    ysgol zone
""")
"""Words that no person's name has. Where one stands, the whole is an organisation or a thing."""

AMBIGUOUS = words("""
    abbey abbots angel april ash ashford ashton aspen august autumn avon barn barton bay beacon
    bell best birch bishop blue bolton bradford brand bridge bridges bright bristol broad brook
    brooks buckingham burton bush carmel castle chance chapel chapman charity chase chelsea
    cheltenham chester christian church clay clement clifton close cole coral crescent cross
    crown dale day derby devon diamond dock dove drake druid dudley duke dunes durham eagle
    earl east eastwood eden elm england essex ever faith falcon farm fern field fields florence
    ford forge forrest fountain france freedom friday friend frost gates georgia gift glen
    glory gold golden good grace grand grange grant grassland gray green greenwood grove hale
    hall ham hamlet hampton harbour harmony hart haven hawthorn hazel heart heath heaven
    heights hereford hill hillside holland hope hunt hunter india iris island ivy jade jasmine
    jewel jordan joy jubilee june justice kent key keys king kings kingston lake lakes
    lancaster land lane lark laurel lavender law leaf leeds lily lincoln lion little lock
    london long love lucky madison malvern manor marina market marsh may mead meadow meadows
    melody mercy mersey middleton mill mills monmouth moor moss mount new newport newton north
    oak oakley oaks olive orchard oxford page paris parks pearl pine plant poole poppy porter
    post potter power precious preston price prince prior queen rain rainbow rhodes rich river
    rivers rock rose roses rowan royal ruby saint salt sand sea self severn shaw shell shields
    silver sky skye smart south spark spring springs stage star stars stone storm stratford
    street strong summer summers sun sunny swan swift temple terrace thorn thorne tower
    townsend trinity true unity vale valentine victor victoria victory vine violet wall walls
    ward warren water waters way well wells west weston wheel wheeler white wild will willow
    willows windsor winter winters wise wolf wood woods woodstock worth wren wynd york yorke
    young
""")
"""Names that are also words, places or plants: one alone doesn't make a person."""

COMMON = AMBIGUOUS | words("""
    a about access address after against all also an and another any application applied are as
    at attended available be bean because been before being benefit better between both but by
    can child christmas clean cost costs could cover did district do does during each enable
    end equipment every families family first fix from full further gave get give given grants
    had happy has have he her hers him his how if into is it its join keep larger last later
    led left made make many match meet men menu met month months more most motivator much
    muscle must next night no not now number offer on one only open or other over own per
    person places please programme provide provides purchase quality request role run said
    saigon same saw second see series session sessions set she should show since site small so
    some starts still such take than that their them then there these they things third this
    those three through time times today told tour towards turn universe until up use used
    using very visit was we week weeks welcome well were what when where which while whippy who
    whole why wife within without won worked would year years yet you your
""")
"""Words that aren't a surname that a list lacks."""

WELL_KNOWN = frozenset(
    one.strip()
    for one in """
    albert hall | victoria hall | travis perkins | thomas franks | norman cross | stanley matthews |
    abbey wood | arthur andersen | arthur rank | barnardos | benjamin moore | bevan brittan |
    browne jacobson | capel manor | carr gomm | clara nevada | clarke willmott | colin mcadam |
    compton verney | danny boy | david lloyd | dorothy perkins | douglas macmillan | edward jones
    | elizabeth finn | elizabeth gaskell | emily jordan | ernest cook | ernst young |
    francis crick | franklin covey | george eliot | gilbert ash | grant thornton | h samuel |
    harvey nichols | henry boot | henry schein | henry smith | howard kent | hugo boss |
    irwin mitchell | j d wetherspoon | j sainsbury | jack petchey | jack wills | james fisher |
    james paget | jane austen | jarvis cocker | jimmy choo | jo malone | john laing | john lewis
    | john menzies | john sisk | john wiley | jones bros | jones lang lasalle | joseph rowntree |
    karl storz | keir hardie | kelly eye | kelly hughes | kier graham | laura ashley | lee valley
    | leonard cheshire | lewis silkin | lloyd george | mace dragados | marie curie | marie stopes
    | martha trust | martin mccoll | mary seacole | max factor | michael page | mills reeve |
    mitchell charlesworth | morgan sindall | morgan stanley | mott macdonald | scott bader
    | nuffield |
    oliver bonas | oliver wyman | oscar mayer | ove arup | paul hamlyn | paul smith |
    percival guildhouse | philip morris | pitney bowes | price waterhouse | ralph lauren |
    robert half | robert walters | robertson baxter | rolls royce | russell cooke |
    russell reynolds | s p jain | stephen lawrence | sue lambert | sue ryder | sydney mitchell |
    taylor wimpey | ted baker | terrence higgins | thomas cook | thomas coram | thomas miller |
    thomas pocklington | thomson reuters | tommy hilfiger | trowers hamlins | turner townsend |
    w h smith | walter lilly | wesley hall | wh smith | william morris | willis towers watson |
    willmott dixon | wilson james | winston churchill
    """.replace("\n", " ").split("|")
)
"""Organisations that are called by what looks like a person's name."""

MORE_FIRST = words("""
    abimbola adaobi adeola agnieszka ahmed ailsa aisha alasdair aled alf ali alistair alun
    amarjit amrit ana andrzej angharad angus anh anil anwen archie arwel ayesha ayodele
    babatunde balbir baljit balwinder barbara barnaby beata bert bev bhupinder bilal bill bob
    bogdan bronwen bryn bukola cai calum carys cath catriona ceri cerys chidi chinedu chioma
    chris cressida cyril dafydd daljit dariusz dave davinder debs deepak delyth dewi di doris
    dot ebele ed eddie edith efa eilidh eira eirlys eleri elin elsie emrys emyr enid esyllt
    ethel ewa ewan ewen farhan fatima fatimah fergus ffion finlay folake fraser fred freya
    funmilayo gethin gill gladys glenys glynis gregor gruffydd grzegorz gurdeep gurpreet gwen
    gwenllian gwyn haf haleema hamish hamza harbhajan hardeep harjinder harjit harpreet hassan
    heledd hilda hong hugo hui hussain huw hywel ibrahim idris ieuan ifan ifeoma imogen imran
    inderjit innes ioan iolo iqra irina isla ismail ivor iwan iwona jacek jackie jagdeep jan
    jaspreet jaswinder jemima jerzy jie jim jimmy jing jo joanna joe jon jordan joy judi jun
    justyna karamjit kasia katarzyna kath ken khadija khadijah kiran kirsteen krzysztof kuldeep
    kulwinder kwabena kwame lachlan les li lin linh liz llinos llyr lorna lowri lukasz maciej
    magdalena maggie mags mair mairi malcolm malgorzata mali mandeep manjit marcin mared
    mariusz marjorie maryam mavis meena mehmet mei meilyr meinir menna mererid mick mike
    mildred ming mo morag muhammad muhammed murdo muriel mustafa myfanwy nadia naeem nan nasir
    nasreen navjot ned nell nerys ngozi nguyen nia nick nimal nnamdi non noor nora obinna
    oksana olena olga olufemi olumide oluwaseun oluwatobi olwen omar oscar osian owain pam
    paramjit paris parminder parveen pat pawel peggy penny phil phyllis ping piotr pip poppy
    przemyslaw rafal rajinder ranjit ravi ray reg rekha rhian rhiannon rhodri rob rod ron rory
    rosa rukhsana rupert saima sajid salma sandeep sandy satnam shabana shazia shona sian sid
    simran sioned slawomir steffan struan sue sukhdeep sukhwinder sunil sunita surinder
    svetlana tabitha tahira taliesin tariq tarlochan tarquin ted tegan temitope tess thandiwe
    thanh thi tim tomasz tomos tran trish tudur tunde usman val vera vijay viv wei wilf will
    winifred wojciech xiao xin yan yasmin yetunde ying yu yuan yusuf zainab zara zbigniew zoe
""")
"""First names common in Britain that the library's lists lack."""

MORE_LAST = words("""
    adebayo adeyemi ahmed akhtar ali ap appiah asante balogun banerjee begum bevan bhatti bibi
    bloggs boateng bowen bui chatterjee chaudhari chaudhry chauhan chen cheung choudhury dang
    desai devi dhillon dlamini doe entwistle evans eze featherstone featherstonehaugh fernandes
    gethin gill grewal griffiths gruffydd guo gwynne higginbottom hoang hu huang hussain iqbal
    iyer jenkins johal joshi kaminski kaur khan khatun kim kovalenko kowalska kowalski lam
    lewandowski lin liu llewellyn lloyd luo macdonald mackenzie macleod mahmood malik
    mcallister mcbride mccarthy mcdonald mcgregor mckay mclean mehta mensah miah mirza mistry
    mohammed mostyn mukherjee nair nawaz ndlovu nguyen nowak nwosu ogden ogunleye okafor okeke
    okonkwo openshaw osei owusu parmar parry patel pereira pham phan pilkington pillai
    postlethwaite pritchard probert prosser pugh ramsbottom rani rao rashid reddy rees rehman
    rhys roe rowbotham sandhu shah sharma shevchenko shufflebotham sidhu silva sinclair singh
    strachan sun suzuki tanaka tang tran tudor uddin urquhart vaughan vu wang winterbottom
    wisniewski wojcik wong wu wynne xu yang yeung zhang zhao zheng zhou zhu zielinski
""")
"""Surnames common in Britain that the library's lists lack."""
