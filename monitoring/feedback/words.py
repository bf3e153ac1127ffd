"""The number and the secret of a report: words that can be read out on the telephone and written on a hand."""

from ppks.kit.sealed import blind_index

NUMBERS = 8  # digits of a ticket
SPOKEN = """
abu air akar alun anak angin api arang asam atap awan ayam badak bagus baju bakul bambu bata batu bayam bebek beras
besi biru buah bubur buku bulan bumi bunga busa cabai cahaya cangkir capung cermin cincin daging daun delima desa
dinding dokar domba donat durian elang ember emas embun empat encer enam engkol gabah gajah galah gamelan garam
gelas gendang gerabah gitar gula gunung hangat hari hijau hujan hutan ikan intan itik jagung jahe jalan jambu jarum
jati jembatan jeruk kabut kaca kacang kakak kaki kancil kapas kapur karang kasur katak kayu kebun kecap kelapa
kemiri kerang keris kertas ketan kijang kipas kolam kopi kota kuali kucing kuda kunci kuning kupu ladang lada lampu
langit laut lebah lemari lengkuas lesung lilin lima lonceng lontar lurik madu malam mangga manggis manis matahari
melati merah merak merpati meja minyak murai mutiara nanas nasi nangka nyiur obor ombak onde padi pagi pahat paku
palu panah pandan pantai papan pasar pasir payung pelangi pena pepaya perahu perak permata pintu pisang pita pohon
pukat putih rakit rambut rantai rawa rebana rembulan ronda roti rotan rumah rumput rusa sabun salak sampan sapi sapu
sarung sawah sawi sayur sedap selendang senter sepeda sepuluh seruling sirih sisir sungai surya susu tali taman
tanah tangan tebu teduh teh telaga telur tembok tempe tenun tepung terong tikar timun tiga tinta topi tujuh tugu ubi
udang udara ulat undak unta usang wajan waru wayang wortel
"""
WORDS = tuple(SPOKEN.split())


def ticket_and_secret(form_digest: str, attempt: int = 0) -> tuple[str, str]:
    """The same for the same form, so that whoever sends it twice reads the same answer twice."""
    digest = blind_index(f"feedback {attempt} {form_digest}")
    number = int(digest[:16], 16) % 10**NUMBERS
    first, second = (WORDS[int(digest[start : start + 8], 16) % len(WORDS)] for start in (16, 24))
    return f"{number:0{NUMBERS}d}", f"{first}-{second}-{int(digest[32:40], 16) % 100:02d}"


def read_ticket(typed: str) -> str:
    """The digits of what somebody typed: "1234 5678" is "12345678"."""
    return "".join(letter for letter in typed if letter in "0123456789")


def read_secret(typed: str) -> str:
    """As it was given, whatever stands between the words."""
    return "-".join(typed.lower().replace("-", " ").replace(".", " ").split())


def secret_digest(ticket: str, secret: str) -> str:
    """What is stored and compared."""
    return blind_index(f"feedback secret {ticket} {secret}")
