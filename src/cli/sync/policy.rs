//! `breach sync policy`: the settings by which responders can add to a bucket, and take nothing away.

use std::io::Write;

use super::Place;
use crate::cli::desk::{Context, Exit, Failure};
use crate::escape;
use crate::store::Store;

pub(super) fn run(context: &mut Context, store: &str) -> Result<Exit, Failure> {
    let place = Place::parse(store)?;
    let Store::Rclone(remote) = &place.store else {
        writeln!(
            context.page(),
            "A folder keeps no older versions: anyone who can write there can overwrite and delete. \
             Give each responder a share of their own, or let the server take read-only snapshots."
        )?;
        return Ok(Exit::Done);
    };
    let remote = remote.to_string();
    let (name, path) = remote.split_once(':').unwrap_or((&remote, ""));
    let (bucket, prefix) = path.split_once('/').unwrap_or((path, ""));
    let bucket = if bucket.is_empty() { "BUCKET" } else { bucket };
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    let (bucket, prefix, name) = (escape::line(bucket), escape::line(&prefix), escape::line(name));
    let objects = format!("arn:aws:s3:::{bucket}/{prefix}*");
    let [responder, auditor] =
        ["responder", "auditor"].map(|who| format!("arn:aws:iam::ACCOUNT:role/breach-{who}"));
    let (bucket_itself, both) = (format!("arn:aws:s3:::{bucket}"), [&responder, &auditor]);
    let policy = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "RespondersAdd",
                "Effect": "Allow",
                "Principal": { "AWS": responder },
                "Action": "s3:PutObject",
                "Resource": objects,
            },
            {
                "Sid": "BothRead",
                "Effect": "Allow",
                "Principal": { "AWS": both },
                "Action": ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention"],
                "Resource": objects,
            },
            {
                "Sid": "BothList",
                "Effect": "Allow",
                "Principal": { "AWS": both },
                "Action": ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketVersioning"],
                "Resource": bucket_itself,
            },
            // Overrides any other grant. Names each role, because `NotPrincipal` would also deny an
            // administrator with an assumed role, and some servers do not support it.
            {
                "Sid": "NeitherTakesAway",
                "Effect": "Deny",
                "Principal": { "AWS": both },
                "Action": [
                    "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention",
                    "s3:PutObjectRetention", "s3:PutObjectLegalHold", "s3:PutBucketVersioning",
                    "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:DeleteBucket",
                    "s3:PutBucketObjectLockConfiguration", "s3:PutLifecycleConfiguration",
                ],
                "Resource": [bucket_itself, objects],
            },
        ],
    });
    let lock = serde_json::json!({
        "ObjectLockEnabled": "Enabled",
        "Rule": { "DefaultRetention": { "Mode": "COMPLIANCE", "Days": 365 } },
    });
    let out = &mut context.out;
    writeln!(
        out,
        "# Bucket policy (Amazon S3, and servers that accept its policies). Replace ACCOUNT with your\n\
         # account, and role/ with user/ where the server has users. Keep the administrator elsewhere:\n\
         # in another account, on a machine that is not part of the incident."
    )?;
    crate::output::json::write(out, &policy)?;
    writeln!(out, "\n# Object lock; the bucket needs versioning, and lock from its creation")?;
    crate::output::json::write(out, &lock)?;
    writeln!(
        out,
        "\n# The remote, in rclone.conf. The machine's own role is off: it may be the intruder's.\n\
         [{name}]\ntype = s3\nprovider = AWS\nenv_auth = false\naccess_key_id = RESPONDER_KEY\n\
         secret_access_key = RESPONDER_SECRET\nno_check_bucket = true"
    )?;
    Ok(Exit::Done)
}
