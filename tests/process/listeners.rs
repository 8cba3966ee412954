//! Both listeners, as a browser, a stranger's page and an operator's machines ask them.

use serde_json::Value;

use super::program::Home;
use super::wire::{UPGRADE, get, get_with};

#[tokio::test]
async fn the_page_is_for_this_machine_and_the_public_side_has_none() {
    let home = Home::new();
    // With no platform on, nothing can be missed.
    let running = home.start_with(None).await;
    let (page, public) = (running.page, running.public);

    let index = get(page, "/").await;
    assert_eq!(index.code, 200);
    assert!(index.head.contains("content-type: text/html"), "{}", index.head);
    assert!(index.head.contains("content-security-policy: default-src 'none'"), "{}", index.head);
    for part in ["page.css", "page.js"] {
        assert!(index.body.contains(part), "the page loads {part}");
        assert_eq!(get(page, &format!("/{part}")).await.code, 200, "{part}");
    }
    let roster = get(page, "/playground.json").await;
    let roster: Value = serde_json::from_str(&roster.body).unwrap();
    assert_eq!(roster["brand"], "Lumen");
    let people = roster["people"].as_array().unwrap().iter();
    let people: Vec<&str> = people.filter_map(|person| person["key"].as_str()).collect();
    assert_eq!(people, ["mia", "jonas", "kai", "priya", "lena", "robin", "sam"]);

    for path in ["/", "/playground.json", "/page.js", "/socket?as=mia"] {
        assert_eq!(get(public, path).await.code, 404, "{path}");
    }
    for (path, code) in [("/healthz", 200), ("/readyz", 200), ("/metrics", 200)] {
        // An operator's machines ask by any name.
        let answer = get_with(public, path, "Host: bots.example\r\n").await;
        assert_eq!(answer.code, code, "{path}");
        assert_eq!(get(page, path).await.code, 404, "{path}");
    }
    assert_eq!(get(public, "/readyz").await.body, r#"{"ready":true}"#);
    let metrics = get(public, "/metrics").await;
    assert!(metrics.head.contains("application/openmetrics-text"), "{}", metrics.head);
    assert!(metrics.body.ends_with("# EOF\n"), "{}", metrics.body);
}

#[tokio::test]
async fn a_strangers_page_gets_neither_the_page_nor_a_socket() {
    let home = Home::new();
    let running = home.start().await;
    let page = running.page;
    let port = page.port();
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1"] {
        for path in ["/", "/playground.json", "/socket?as=mia"] {
            let answer = get_with(page, path, &format!("Host: {host}\r\n")).await;
            assert_eq!(answer.code, 403, "{host} {path}");
            assert!(!answer.body.contains("Mia") && !answer.body.contains('<'), "{}", answer.body);
        }
    }
    for (person, origin, code) in [
        ("mia", "Origin: http://evil.example\r\n".to_owned(), 403),
        ("mia", format!("Origin: https://127.0.0.1:{port}\r\n"), 403),
        ("mia", "Origin: null\r\n".to_owned(), 403),
        ("mia", String::new(), 403),
        ("eve", format!("Origin: http://127.0.0.1:{port}\r\n"), 404),
    ] {
        let headers = format!("Host: {page}\r\n{origin}{UPGRADE}");
        let answer = get_with(page, &format!("/socket?as={person}"), &headers).await;
        assert_eq!(answer.code, code, "{person} {origin}");
    }
}
