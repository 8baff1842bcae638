# SPDX-License-Identifier: Apache-2.0
"""rom on Redis. It has no bulk write, no join, and no filter without an index: those are done in the client.

It gives primary keys out itself, which are those of the dataset because the rows are loaded in their order. A next page is a
range of created_at, which is unique in the dataset."""

import rom
from rom import util

import dataset


def text(**arguments):
    return rom.Text(keygen=rom.IDENTITY, **arguments) if arguments.get("index") else rom.Text(**arguments)


class Instance(rom.Model):
    uuid = text()
    host = text(index=True)
    project_id = text(index=True)
    user_id = text()
    vm_state = text()
    task_state = text()
    power_state = rom.Integer()
    display_name = text()
    hostname = text()
    image_ref = text()
    flavor_id = rom.Integer()
    memory_mb = rom.Integer()
    vcpus = rom.Integer()
    root_gb = rom.Integer()
    availability_zone = text()
    created_at = rom.Integer(index=True)
    updated_at = rom.Integer()
    deleted = rom.Integer()
    version = rom.Integer()


class Metadata(rom.Model):
    instance_id = rom.Integer(index=True)
    key = text()
    value = text()


def without_key(row):
    return {name: value for name, value in row.items() if name != "id" and value is not None}


class Mapper:
    def __init__(self, place):
        util.set_connection_settings(unix_socket_path=place, db=5)
        self.inserted = []

    def load(self, count):
        for id in range(1, count + 1):
            instance = Instance(**without_key(dataset.row(id, count)))
            instance.save()
            if instance.id != id:
                raise ValueError("the database was not empty")
            for row in dataset.metadata(id):
                Metadata(**without_key(row)).save()
            if id % 1000 == 0:
                util.session.rollback()

    def get(self, id):
        util.session.rollback()
        return Instance.get(id)

    def get_many(self, ids):
        util.session.rollback()
        return Instance.get(ids)

    def of_host(self, host):
        util.session.rollback()
        return Instance.query.filter(host=host).all()

    def page(self, host, marker):
        util.session.rollback()
        query = Instance.query.filter(host=host)
        if marker:
            query = query.filter(created_at=(None, marker["created_at"] - 1))
        return query.order_by("-created_at").limit(0, 50).all()

    def join(self, project, add):
        util.session.rollback()
        for row in Instance.query.filter(project_id=project).all():
            for metadata in Metadata.query.filter(instance_id=(row.id, row.id)).all():
                add(row, metadata)

    def everything(self):
        util.session.rollback()
        last = self.count()
        for start in range(1, last + 1, 1000):
            yield from Instance.get(list(range(start, min(start + 1000, last + 1))))

    def scan(self):
        return [row for row in self.everything() if row.vm_state == "error" and row.memory_mb >= 16384]

    def count(self):
        return Instance.query.filter(created_at=(0, None)).count()

    def count_of_host(self, host):
        return Instance.query.filter(host=host).count()

    def sum(self):
        return sum(row.memory_mb for row in self.everything() if row.deleted == 0)

    def insert(self, rows):
        for row in rows:
            instance = Instance(**without_key(row))
            instance.save()
            self.inserted.append(instance.id)

    def update(self, id, iteration):
        while True:
            util.session.rollback()
            row = Instance.get(id)
            row.power_state = iteration % 8
            row.version += 1
            try:
                row.save()
                return
            except rom.DataRaceError:
                continue

    def version(self, id):
        util.session.rollback()
        return Instance.get(id).version

    def remove_inserted(self, count):
        util.session.rollback()
        rows = [row for row in Instance.get(self.inserted) if row]
        for row in rows:
            row.delete()
        self.inserted = []
        return len(rows)
