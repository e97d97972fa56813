//! `…/Challenges/{YC}/Notifications` (section 9.6 of the Verify Push protocol notes).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Operation,
    parameter::{Kind, Parameter},
};
use crate::openapi::schemas::NOTIFICATION;

/// `POST …/Challenges/{YC}/Notifications`
pub static CREATE_NOTIFICATION: Operation = Operation {
    id: "CreateNotification",
    group: "Notifications",
    summary: "Ask again",
    description: "At most three for one challenge, and only while it is pending. A factor whose platform is `none` polls, and cannot be notified.",
    body: &[&[Parameter::new(
        "Ttl",
        Kind::Number { least: 0, most: 300 },
        ErrorCode::InvalidRequest,
        "300",
        "For how many seconds it is worth delivering. 300, if not given.",
    )]],
    answer: Answer::Made(&NOTIFICATION),
    refusals: &[
        ErrorCode::NoPushPlatform,
        ErrorCode::NotificationLimit,
        ErrorCode::ChallengeAnswered,
        ErrorCode::ChallengeExpired,
    ],
    ..Operation::PLAIN
};
