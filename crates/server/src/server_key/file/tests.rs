use super::{super::ServerKey, *};

fn folder() -> (tempfile::TempDir, PathBuf, KeySource) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db.key");
    (folder, path.clone(), KeySource::File(path))
}

fn names(folder: &tempfile::TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

#[test]
fn a_key_is_made_once_and_only_for_its_owner() {
    let (folder, path, source) = folder();
    let made = ServerKey::load_or_make(&source).unwrap();
    assert_eq!(ServerKey::load_or_make(&source).unwrap().id(), made.id());
    rotate(&path).unwrap();
    assert_eq!(names(&folder), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            ServerKey::load(&source),
            Err(ServerKeyError::Readable { .. })
        ));
        assert!(matches!(rotate(&path), Err(ServerKeyError::Readable { .. })));
        assert_eq!(names(&folder), 1);
    }
}

#[test]
fn programs_that_start_at_once_share_one_key() {
    let (_folder, _, source) = folder();
    let ids: Vec<_> = std::thread::scope(|scope| {
        let start = || ServerKey::load_or_make(&source).unwrap().id();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[test]
fn keys_follow_one_another_and_go() {
    let (folder, path, source) = folder();
    let first = ServerKey::load_or_make(&source).unwrap().id();
    let second = rotate(&path).unwrap();
    let third = rotate(&path).unwrap();
    let key = ServerKey::load(&source).unwrap();
    assert_eq!(key.ids(), [&*third, &second, &first]);
    retire(&path, &second).unwrap();
    assert!(matches!(
        retire(&path, &second),
        Err(ServerKeyError::NoSuchKey { .. })
    ));
    assert!(key.reload(&first).unwrap());
    assert_eq!((key.ids(), key.id()), (vec![third, first.clone()], first));
    assert!(!key.reload(&second).unwrap());
    fs::write(&path, "nonsense").unwrap();
    assert!(key.reload(&key.id()).is_err());
    assert_eq!(key.ids().len(), 2, "what was read before stays");
    assert_eq!(names(&folder), 1);
}

#[test]
fn two_programs_do_not_change_the_keys_at_once() {
    let (folder, path, source) = folder();
    ServerKey::load_or_make(&source).unwrap();
    let before = fs::read(&path).unwrap();
    let beside = folder.path().join("a.db.key.changing");
    fs::write(&beside, "").unwrap();
    assert!(matches!(rotate(&path), Err(ServerKeyError::Busy { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::remove_file(&beside).unwrap();
    rotate(&path).unwrap();
}

#[test]
fn what_is_not_keys_is_refused_and_left_alone() {
    let (folder, path, source) = folder();
    ServerKey::load_or_make(&source).unwrap();
    let (key, other) = ("ab".repeat(32), "cd".repeat(32));
    for garbage in [
        String::new(),
        "\n \n".into(),
        "not a key".into(),
        key[1..].into(),
        format!("{key}0"),
        format!("{key} {other}"),
        format!("{key}\n{}", &other[2..]),
        format!("{key}\n{key}"),
        format!("{key}\n{}", key.to_uppercase()),
        format!("{}g", &key[1..]),
        format!("{}é", &key[2..]),
        format!("{key}\n# {other}"),
        format!("{key}\n").repeat(400),
        format!("{key}{}", "\n".repeat(LONGEST)),
    ] {
        fs::write(&path, &garbage).unwrap();
        assert!(
            matches!(ServerKey::load(&source), Err(ServerKeyError::Form { .. })),
            "{garbage}"
        );
        assert!(matches!(rotate(&path), Err(ServerKeyError::Form { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), garbage);
        let text = KeySource::Text(garbage.into());
        assert!(matches!(ServerKey::load(&text), Err(ServerKeyError::Environment)));
    }
    fs::write(&path, [0xff; 64]).unwrap();
    assert!(matches!(
        ServerKey::load(&source),
        Err(ServerKeyError::Form { .. })
    ));
    for good in [
        key.clone(),
        format!("{key}\n"),
        format!("\n{key}\r\n\r\n {other} \n"),
    ] {
        fs::write(&path, &good).unwrap();
        let ids = ServerKey::load(&source).unwrap().ids();
        assert_eq!(ids, ServerKey::load(&KeySource::Text(good.into())).unwrap().ids());
    }
    assert_eq!(names(&folder), 1);
}
