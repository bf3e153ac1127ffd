"""The floor: 25 rows by one indexed query, shown to a logged-in user by the same template engine in the same process."""

from django.contrib.auth.decorators import login_required
from django.db import connection, models
from django.shortcuts import render

from ppks.kit.doors import outside

REGION = 3522
ASKED = "HTTP_X_COUNT_QUERIES"


class Row(models.Model):
    """As many rows as there are people, in a table that no policy guards."""

    name = models.TextField()
    region_id = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "benchmark_floor"
        ordering = ["name", "pk"]


@outside
@login_required
def floor(request):
    rows = Row.objects.filter(region_id=REGION)[:25]
    return render(request, "benchmarks/floor.html", {"rows": rows})


class QueryCounter:
    """Middleware: says in a header how many statements a request took, when it is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if ASKED not in request.META:
            return self.get_response(request)
        counted = [0]

        def count(execute, *args):
            counted[0] += 1
            return execute(*args)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Queries"] = str(counted[0])
        return response
