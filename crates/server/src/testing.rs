//! A PostgreSQL server for tests: a real one, from the packages of the system, with data and a socket of its own.

use std::{
    fmt::Write as _,
    io::{BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::store::Store;

/// Keeps the server as long as its standard input is open, so that it ends with the program that started it,
/// however that ends. `restart` stops it at once, as a crash would, and starts it over the same data.
const KEEPER: &str = r#"
set -e
bin=$1
fsync=$2
folder=$(mktemp -d /tmp/countersign-postgres.XXXXXX)
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" --pgdata="$folder/data" --username=countersign --auth=trust --no-sync --no-locale --encoding=UTF8 >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
begin() {
    "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync="$fsync" -c max_connections=400 >>"$folder/log" 2>&1 &
    server=$!
    until "$bin/pg_isready" --quiet --host="$folder"; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
        sleep 0.05
    done
    echo "$folder"
}
end() {
    kill -QUIT "$server"
    wait "$server" || true
}
begin
while read -r line; do
    end
    begin
done
end
"#;

/// The account of the operating system that Debian's packages make for the server, which refuses to run as root.
const ACCOUNT: &str = "postgres";

/// A PostgreSQL server. It ends, and its data go, when this is dropped or the program ends.
pub struct Postgres {
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Postgres {
    /// Starts a server that does not wait for the disk, and survives everything but a loss of power.
    ///
    /// # Panics
    /// If PostgreSQL is not installed, or does not start.
    pub fn start() -> Self {
        Self::start_with_fsync("off")
    }

    /// Starts a server that makes each commit permanent, as one in earnest does.
    ///
    /// # Panics
    /// As [`Postgres::start`].
    pub fn start_durable() -> Self {
        Self::start_with_fsync("on")
    }

    fn start_with_fsync(fsync: &str) -> Self {
        let programs = programs();
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            let group = format!("--regid={ACCOUNT}");
            command.args([&format!("--reuid={ACCOUNT}"), &group, "--init-groups", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut keeper = command
            .args(["-c", KEEPER, "keeper"])
            .arg(&programs)
            .arg(fsync)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let orders = keeper.stdin.take();
        let mut answers = BufReader::new(keeper.stdout.take().expect("it is piped"));
        let folder = read_folder(&mut answers);
        Self {
            keeper,
            orders,
            answers,
            folder,
        }
    }

    /// Ends the server as a crash would, and starts it again over the same data.
    ///
    /// # Panics
    /// If it does not start again.
    pub fn restart(&mut self) {
        let orders = self.orders.as_mut().expect("it runs");
        orders.write_all(b"restart\n").expect("the keeper listens");
        read_folder(&mut self.answers);
    }

    /// Makes an empty database, which no server has opened yet.
    ///
    /// # Panics
    /// If the server does not answer.
    pub async fn make_database(&self) -> String {
        make_database(&self.folder, "template1").await
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}

/// A new database, of the newest shape and otherwise empty, on a server that all tests of this program share.
///
/// # Panics
/// If PostgreSQL is not installed, or does not answer.
pub async fn make_database_of_shared_server() -> String {
    const TEMPLATE: &str = "of_the_newest_shape";
    static SHARED: OnceLock<(Mutex<Postgres>, PathBuf)> = OnceLock::new();
    static SHAPED: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    let (_, folder) = SHARED.get_or_init(|| {
        let postgres = Postgres::start();
        let folder = postgres.folder.clone();
        (Mutex::new(postgres), folder)
    });
    SHAPED
        .get_or_init(|| async {
            create(folder, TEMPLATE, "template1").await;
            let store = Store::open(&url(folder, TEMPLATE)).await.expect("it opens");
            store.close().await;
        })
        .await;
    make_database(folder, TEMPLATE).await
}

async fn make_database(folder: &Path, template: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    create(folder, &name, template).await;
    url(folder, &name)
}

async fn create(folder: &Path, name: &str, template: &str) {
    let mut connection = PgConnection::connect(&url(folder, "postgres"))
        .await
        .expect("the server answers");
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    connection
        .execute(AssertSqlSafe(create))
        .await
        .expect("a database");
    connection.close().await.expect("the end of the connection");
}

fn url(folder: &Path, database: &str) -> String {
    let mut host = String::new();
    for byte in folder.display().to_string().bytes() {
        let _ = write!(host, "%{byte:02X}");
    }
    format!("postgres://countersign@{host}/{database}")
}

fn read_folder(answers: &mut impl std::io::BufRead) -> PathBuf {
    let mut line = String::new();
    answers.read_line(&mut line).expect("the keeper speaks");
    assert!(
        !line.is_empty(),
        "PostgreSQL did not start; what it said is above"
    );
    PathBuf::from(line.trim())
}

/// Whether this program runs as root.
fn is_root() -> bool {
    let owner = Command::new("id").arg("-u").output().expect("id");
    owner.stdout.trim_ascii() == b"0"
}

/// Where Debian puts the server's programs, of the newest version that is installed.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let version = |folder: &PathBuf| -> Option<u32> { folder.file_name()?.to_str()?.parse().ok() };
    versions
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join("bin/initdb").is_file())
        .max_by_key(version)
        .expect("PostgreSQL is installed: apt-get install postgresql")
        .join("bin")
}
