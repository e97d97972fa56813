//! The nine-part `User-Agent` of a device (section 1.4).

/// Who is asking, in the parts that the mobile libraries send. Empty values become `unknown`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserAgent<'a> {
    /// Name of the app.
    pub app: &'a str,
    /// Version of the app.
    pub app_version: &'a str,
    /// Number of the app's build.
    pub app_build: &'a str,
    /// Operating system, as `Linux`, `macOS` or `Windows`.
    pub os: &'a str,
    /// Operating system with its version.
    pub os_version: &'a str,
    /// The computer's model or architecture.
    pub model: &'a str,
    /// Version of this library.
    pub library_version: &'a str,
}

impl UserAgent<'_> {
    /// Writes the header's value. What has no place in a header, or would split a part, becomes `_`.
    pub fn to_header(&self) -> String {
        let parts = [
            self.app,
            self.os,
            self.app_version,
            self.app_build,
            self.os_version,
            self.model,
            "CountersignSDK",
            self.library_version,
            "1",
        ];
        parts.map(clean).join("; ")
    }
}

fn clean(part: &str) -> String {
    let part = part.trim();
    if part.is_empty() {
        return "unknown".to_owned();
    }
    part.chars()
        .map(|c| {
            if (c.is_ascii_graphic() && c != ';') || c == ' ' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_nine_parts_whatever_they_hold() {
        let agent = UserAgent {
            app: "Counter;sign\r\n",
            app_version: "1.2.3",
            app_build: "7",
            os: "Linux",
            os_version: "Débian",
            model: "",
            library_version: "0.1.0",
        };
        assert_eq!(
            agent.to_header(),
            "Counter_sign; Linux; 1.2.3; 7; D_bian; unknown; CountersignSDK; 0.1.0; 1"
        );
    }
}
