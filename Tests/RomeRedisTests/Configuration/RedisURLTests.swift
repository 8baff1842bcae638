// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeRedis
import Testing

@Suite(.timeLimit(.minutes(2))) struct RedisURLTests {
  @Test(arguments: [
    ("redis://10.0.0.1:7000", RedisAddress.tcp(host: "10.0.0.1", port: 7000)),
    ("redis://db.example.com", .tcp(host: "db.example.com", port: 6379)),
    ("redis://", .tcp(host: "127.0.0.1", port: 6379)),
    ("redis://:7000", .tcp(host: "127.0.0.1", port: 7000)),
    ("redis:///3", .tcp(host: "127.0.0.1", port: 6379)),
    ("redis://[::1]:7000/1", .tcp(host: "::1", port: 7000)),
    ("redis://[fe80::1]", .tcp(host: "fe80::1", port: 6379)),
    ("redis://localhost:65535", .tcp(host: "localhost", port: 65_535)),
    ("unix:///run/redis/redis.sock", .unix(path: "/run/redis/redis.sock")),
    ("redis+unix:///tmp/a%20b.sock", .unix(path: "/tmp/a b.sock")),
    ("redis+socket:///tmp/r.sock?db=1", .unix(path: "/tmp/r.sock")),
  ])
  func `a URL says where the server is`(url: String, address: RedisAddress) throws {
    #expect(try RedisConfiguration(url: url).address == address)
  }

  @Test func `a URL says who comes, and to which database`() throws {
    var configuration = try RedisConfiguration(url: "redis://user:p%40ss%3A%2F%23@host/12")
    #expect(configuration.user == "user")
    #expect(configuration.password == "p@ss:/#")
    #expect(configuration.database == 12)
    configuration = try RedisConfiguration(url: "redis://:secret@host")
    #expect(configuration.user == nil && configuration.password == "secret" && configuration.database == 0)
    configuration = try RedisConfiguration(url: "unix:///r.sock?db=2&user=u%20v&password=p%26q")
    #expect(configuration.user == "u v" && configuration.password == "p&q" && configuration.database == 2)
    configuration = try RedisConfiguration(url: "redis://host")
    #expect(configuration.user == nil && configuration.password == nil && configuration.namespace == "rome")
  }

  @Test func `a URL sets what has no place of its own`() throws {
    let configuration = try RedisConfiguration(
      url:
        "redis://h?namespace=shop:eu&name=worker-1&timeout=0.25&connect_timeout=3&fetch=twoRoundTrips&eviction=accept")
    #expect(configuration.namespace == "shop:eu")
    #expect(configuration.clientName == "worker-1")
    #expect(configuration.requestTimeout == .milliseconds(250))
    #expect(configuration.connectTimeout == .seconds(3))
    #expect(configuration.rowFetch == .twoRoundTrips)
    #expect(configuration.eviction == .accept)
  }

  @Test func `rows come in two round trips by a unix socket and in one by TCP, unless the URL says otherwise`() throws {
    #expect(try RedisConfiguration(url: "unix:///r.sock").rowFetch == .twoRoundTrips)
    #expect(try RedisConfiguration(url: "unix:///r.sock?fetch=oneRoundTrip").rowFetch == .oneRoundTrip)
    #expect(try RedisConfiguration(url: "redis://host").rowFetch == .oneRoundTrip)
    #expect(RedisConfiguration().rowFetch == .oneRoundTrip)
    #expect(RedisConfiguration(.unix(path: "/r.sock")).rowFetch == .twoRoundTrips)
  }

  @Test(arguments: [
    ("", "no URL"), ("host:6379", "scheme"), ("http://host", "scheme"), ("rediss://host", "TLS"),
    ("redis://host:0", "port"), ("redis://host:70000", "port"), ("redis://:hunter2secret@host/x", "database"),
    ("redis://:hunter2secret@host/-1", "database"), ("redis://:hunter2secret@host/1/2", "database"),
    ("redis://host/99999999999999999999", "database"), ("redis://host?db=", "database"),
    ("redis://:hunter2secret@host?timeout=soon", "timeout"), ("redis://host?timeout=-1", "timeout"),
    ("redis://host?timeout=0", "timeout"), ("redis://host?timeout=nan", "timeout"),
    ("redis://host?timeout=inf", "timeout"), ("redis://host?connect_timeout=x", "connect_timeout"),
    ("redis://host?timeout=1e-30", "time"),
    ("redis://host?fetch=sometimes", "fetch"), ("redis://host?eviction=maybe", "eviction"),
    ("redis://:hunter2secret@host?colour=blue", "parameter"), ("redis://host?namespace=a%20b", "namespace"),
    ("redis://host?namespace=", "namespace"), ("redis://host?namespace=%7Ba%7D", "namespace"),
    ("redis://host?name=a%20b", "client name"), ("redis://hunter2secret@host", "user"),
    ("redis://user:hunter2#secret@host", ""), ("redis://:hunter2secret@host#x", "#"),
    ("unix://host/path", "slash"), ("unix://", "slash"),
    ("unix:///" + String(repeating: "x", count: 200), "path"),
  ])
  func `what is wrong in a URL is named, and no secret with it`(url: String, part: String) {
    let error = #expect(throws: StoreError.self) { try RedisConfiguration(url: url) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    #expect(error?.description.contains("hunter2") == false)
  }
}
