"""What the clock tidies of lists: files that went out a day ago, uploads and previews of a week ago."""

from datetime import date

from ppks.accounts.models import User
from ppks.intake import exports
from ppks.intake.desk import sealing
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def forget_files(day: date) -> str:
    return f"{exports.forget_old()} berkas unduhan lewat sehari dibuang."


def forget_uploads(day: date) -> str:
    return f"{sealing.forget_old(User.objects.clock())} impor lewat tujuh hari dikosongkan."


contribute("tick", Work("unduhan", forget_files), Work("impor", forget_uploads))
