from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    """Let a bid win again in a later round, and let a seal say in which version it was hashed."""

    dependencies = [("bidding", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="award",
            name="bid",
            field=models.ForeignKey(
                on_delete=deletion.PROTECT,
                related_name="awards",
                to="bidding.bid",
                verbose_name="中选报名",
            ),
        ),
        migrations.AddField(
            model_name="seal",
            name="terms_version",
            field=models.CharField(
                default="wszj-evidence/2", max_length=32, verbose_name="条款版本"
            ),
            preserve_default=False,
        ),
    ]
