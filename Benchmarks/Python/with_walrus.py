# SPDX-License-Identifier: Apache-2.0
"""walrus on Redis. It has no bulk read or write, no join, no limit, no check on save, and no filter without an index: those are
done in the client. A next page is a range of created_at, which is unique in the dataset."""

import itertools

import walrus

import dataset


class Mapper:
    def __init__(self, place):
        connection = walrus.Database(unix_socket_path=place, db=6)

        class Instance(walrus.Model):
            __database__ = connection
            id = walrus.IntegerField(primary_key=True)
            uuid = walrus.TextField()
            host = walrus.TextField(index=True)
            project_id = walrus.TextField(index=True)
            user_id = walrus.TextField()
            vm_state = walrus.TextField()
            task_state = walrus.TextField()
            power_state = walrus.IntegerField()
            display_name = walrus.TextField()
            hostname = walrus.TextField()
            image_ref = walrus.TextField()
            flavor_id = walrus.IntegerField()
            memory_mb = walrus.IntegerField()
            vcpus = walrus.IntegerField()
            root_gb = walrus.IntegerField()
            availability_zone = walrus.TextField()
            created_at = walrus.IntegerField(index=True)
            updated_at = walrus.IntegerField()
            deleted = walrus.IntegerField()
            version = walrus.IntegerField()

        class Metadata(walrus.Model):
            __database__ = connection
            id = walrus.IntegerField(primary_key=True)
            instance_id = walrus.IntegerField(index=True)
            key = walrus.TextField()
            value = walrus.TextField()

        self.instances = Instance
        self.metadata = Metadata
        self.inserted = []

    def load(self, count):
        for id in range(1, count + 1):
            self.instances.create(**dataset.row(id, count))
            for row in dataset.metadata(id):
                self.metadata.create(**row)

    def get(self, id):
        return self.instances.load(id)

    def get_many(self, ids):
        return [self.instances.load(id) for id in ids]

    def of_host(self, host):
        return list(self.instances.query(self.instances.host == host))

    def page(self, host, marker):
        condition = self.instances.host == host
        if marker:
            condition = condition & (self.instances.created_at < marker["created_at"])
        rows = self.instances.query(condition, order_by=self.instances.created_at.desc())
        return list(itertools.islice(rows, 50))

    def join(self, project, add):
        for row in self.instances.query(self.instances.project_id == project):
            for metadata in self.metadata.query(self.metadata.instance_id == row.id):
                add(row, metadata)

    def scan(self):
        return [row for row in self.instances.all() if row.vm_state == "error" and row.memory_mb >= 16384]

    def count(self):
        return self.instances.count()

    def count_of_host(self, host):
        index = self.instances.host.get_indexes()[0]
        return len(index.get_key(host))

    def sum(self):
        return sum(row.memory_mb for row in self.instances.all() if row.deleted == 0)

    def insert(self, rows):
        for row in rows:
            self.instances.create(**row)
            self.inserted.append(row["id"])

    def existing(self, id):
        while True:
            # While somebody saves it, the row is not there, or not all of its columns are: walrus removes it, and writes it again.
            try:
                row = self.instances.load(id)
            except KeyError:
                continue
            if row.version is not None:
                return row

    def update(self, id, iteration):
        row = self.existing(id)
        row.power_state = iteration % 8
        row.version += 1
        row.save()

    def version(self, id):
        return self.instances.load(id).version

    def remove_inserted(self, count):
        for id in self.inserted:
            self.instances.load(id).delete()
        removed = len(self.inserted)
        self.inserted = []
        return removed
