# SPDX-License-Identifier: Apache-2.0
"""SQLAlchemy's ORM on SQLite in WAL mode with synchronous=NORMAL, as GRDB's pool is: a session for each execution."""

import sqlalchemy
from sqlalchemy import BigInteger, Index, Integer, String, event, func, select, tuple_
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

import dataset


class Base(DeclarativeBase):
    pass


class Instance(Base):
    __tablename__ = "instances"
    id = mapped_column(Integer, primary_key=True)
    uuid = mapped_column(String, nullable=False)
    host = mapped_column(String, nullable=False)
    project_id = mapped_column(String, nullable=False, index=True)
    user_id = mapped_column(String, nullable=False)
    vm_state = mapped_column(String, nullable=False)
    task_state = mapped_column(String)
    power_state = mapped_column(Integer, nullable=False)
    display_name = mapped_column(String, nullable=False)
    hostname = mapped_column(String, nullable=False)
    image_ref = mapped_column(String, nullable=False)
    flavor_id = mapped_column(Integer, nullable=False)
    memory_mb = mapped_column(Integer, nullable=False)
    vcpus = mapped_column(Integer, nullable=False)
    root_gb = mapped_column(Integer, nullable=False)
    availability_zone = mapped_column(String, nullable=False)
    created_at = mapped_column(BigInteger, nullable=False)
    updated_at = mapped_column(BigInteger)
    deleted = mapped_column(Integer, nullable=False)
    version = mapped_column(Integer, nullable=False)
    __table_args__ = (Index("ix_host", "host", "created_at", "id"),)
    __mapper_args__ = {"version_id_col": version}


class Metadata(Base):
    __tablename__ = "instance_metadata"
    id = mapped_column(Integer, primary_key=True)
    instance_id = mapped_column(Integer, nullable=False, index=True)
    key = mapped_column(String, nullable=False)
    value = mapped_column(String, nullable=False)


class Mapper:
    def __init__(self, place):
        self.engine = sqlalchemy.create_engine("sqlite:///" + place)

        @event.listens_for(self.engine, "connect")
        def configure(connection, _):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")

    def load(self, count):
        Base.metadata.create_all(self.engine)
        with Session(self.engine) as session:
            session.execute(sqlalchemy.insert(Instance), [dataset.row(id, count) for id in range(1, count + 1)])
            rows = [row for id in range(1, count + 1) for row in dataset.metadata(id)]
            session.execute(sqlalchemy.insert(Metadata), rows)
            session.commit()

    def all(self, statement):
        with Session(self.engine) as session:
            return session.scalars(statement).all()

    def value(self, statement):
        with Session(self.engine) as session:
            return session.scalar(statement)

    def get(self, id):
        with Session(self.engine) as session:
            return session.get(Instance, id)

    def get_many(self, ids):
        return self.all(select(Instance).where(Instance.id.in_(ids)))

    def of_host(self, host):
        return self.all(select(Instance).where(Instance.host == host))

    def page(self, host, marker):
        statement = select(Instance).where(Instance.host == host)
        if marker:
            place = tuple_(marker["created_at"], marker["id"])
            statement = statement.where(tuple_(Instance.created_at, Instance.id) < place)
        return self.all(statement.order_by(Instance.created_at.desc(), Instance.id.desc()).limit(50))

    def join(self, project, add):
        statement = select(Instance, Metadata).join(Metadata, Metadata.instance_id == Instance.id)
        with Session(self.engine) as session:
            for row, metadata in session.execute(statement.where(Instance.project_id == project)):
                add(row, metadata)

    def scan(self):
        return self.all(select(Instance).where(Instance.vm_state == "error", Instance.memory_mb >= 16384))

    def count(self):
        return self.value(select(func.count()).select_from(Instance))

    def count_of_host(self, host):
        return self.value(select(func.count()).select_from(Instance).where(Instance.host == host))

    def sum(self):
        return self.value(select(func.sum(Instance.memory_mb)).where(Instance.deleted == 0))

    def insert(self, rows):
        with Session(self.engine) as session:
            session.add_all([Instance(**row) for row in rows])
            session.commit()

    def update(self, id, iteration):
        with Session(self.engine) as session:
            row = session.get(Instance, id)
            # The mapper only writes, and counts the version, when something has changed.
            row.power_state = (row.power_state + 1 + iteration % 7) % 8
            session.commit()

    def version(self, id):
        return self.value(select(Instance.version).where(Instance.id == id))

    def remove_inserted(self, count):
        with Session(self.engine) as session:
            removed = session.execute(sqlalchemy.delete(Instance).where(Instance.id > count)).rowcount
            session.commit()
            return removed
