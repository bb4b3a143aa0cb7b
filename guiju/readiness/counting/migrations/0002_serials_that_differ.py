"""Which pieces are missing or too much."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("counting", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="countline",
            name="serials",
            field=models.CharField(blank=True, db_default="", default="", max_length=2000),
        ),
    ]
