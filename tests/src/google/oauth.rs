//! Sign-in for desktop apps, with PKCE (RFC 7636) required.

use axum::body::Body;
use axum::extract::{Form, Query, State};
use axum::http::{Response, header};
use serde_json::json;
use std::collections::HashMap;

use super::fault::{answer, json_answer};
use super::{Shared, world};

pub(super) const CLIENT: &str = "42-throughline.apps.googleusercontent.com";
pub(super) const SECRET: &str = "GOCSPX-client-hush";

type Pairs = HashMap<String, String>;

/// What the consent page does once a person has looked at it: `as` is who signs in, `deny` what they may say, `without`
/// a scope whose box they leave unticked, or `all`.
pub(super) async fn authorize(State(world): State<Shared>, Query(asked): Query<Pairs>) -> Response<Body> {
    let value = |key: &str| asked.get(key).map(String::as_str).unwrap_or_default();
    let redirect = value("redirect_uri");
    let right = value("client_id") == CLIENT
        && value("response_type") == "code"
        && value("code_challenge_method") == "S256"
        && value("code_challenge").len() == 43
        && value("access_type") == "offline"
        && redirect.starts_with("http://127.0.0.1:")
        && !value("scope").is_empty()
        && value("state").len() >= 16;
    if !right {
        return answer(400, "text/html", "Error 400: invalid_request".to_owned());
    }
    let state = value("state");
    if asked.contains_key("deny") {
        return sent_to(&format!("{redirect}?error=access_denied&state={state}"));
    }
    let mut world = world::lock(&world);
    if !world.has_user(value("as")) {
        return answer(200, "text/html", "Choose an account".to_owned());
    }
    let ticked = |scope: &&str| !["all", *scope].contains(&value("without"));
    let scopes: Vec<&str> = value("scope").split(' ').filter(ticked).collect();
    let code = world.new_code(value("as"), redirect, value("code_challenge"), &scopes.join(" "));
    // More than a client needs, as Google sends it (RFC 9207 for `iss`).
    let scopes = scopes.join("%20");
    let more = "authuser=0&hd=example.org&prompt=consent";
    sent_to(&format!("{redirect}?iss=https://accounts.google.com&state={state}&code={code}&scope={scopes}&{more}"))
}

fn sent_to(place: &str) -> Response<Body> {
    let mut answer = answer(302, "text/html", String::new());
    answer.headers_mut().insert(header::LOCATION, place.parse().expect("an address"));
    answer
}

pub(super) async fn token(State(world): State<Shared>, Form(asked): Form<Pairs>) -> Response<Body> {
    let fault = world::lock(&world).fault("/token");
    if let Some(fault) = fault {
        return fault.answer().await;
    }
    let mut world = world::lock(&world);
    let value = |key: &str| asked.get(key).map(String::as_str).unwrap_or_default();
    let wrong = |error: &str| json_answer(400, &json!({"error": error, "error_description": "No."}));
    if value("client_id") != CLIENT || value("client_secret") != SECRET {
        return json_answer(401, &json!({"error": "invalid_client", "error_description": "Unauthorized"}));
    }
    let lasts = world.access_lasts;
    match value("grant_type") {
        "authorization_code" => {
            let redeemed = world.redeem(value("code"), value("redirect_uri"), value("code_verifier"));
            let Some((access, refresh, scope)) = redeemed else { return wrong("invalid_grant") };
            json_answer(
                200,
                &json!({"access_token": access, "expires_in": lasts, "refresh_token": refresh,
                "scope": scope, "token_type": "Bearer"}),
            )
        }
        "refresh_token" => match world.refresh(value("refresh_token")) {
            Some((access, next, scope)) => {
                let mut given =
                    json!({"access_token": access, "expires_in": lasts, "scope": scope, "token_type": "Bearer"});
                if let Some(next) = next {
                    given["refresh_token"] = next.into();
                }
                json_answer(200, &given)
            }
            None => wrong("invalid_grant"),
        },
        _ => wrong("unsupported_grant_type"),
    }
}

pub(super) async fn revoke(State(world): State<Shared>, Form(asked): Form<Pairs>) -> Response<Body> {
    let fault = world::lock(&world).fault("/revoke");
    if let Some(fault) = fault {
        return fault.answer().await;
    }
    let known = asked.get("token").is_some_and(|token| world::lock(&world).revoke(token));
    if known { json_answer(200, &json!({})) } else { json_answer(400, &json!({"error": "invalid_token"})) }
}
