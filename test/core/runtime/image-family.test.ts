import { expect, test } from "vitest";
import { imageFamily } from "../../../src/core/runtime/image-family.js";

test.each([
  ["alpine:3.20", "ash", false],
  ["busybox", "ash", false],
  ["postgres:16-alpine", "ash", false],
  ["python:3.12-alpine3.20", "ash", false],
  ["registry.example.com:5000/team/alpine:3", "ash", false],
  ["debian:12-slim", "dash", true],
  ["debian:12.7", "dash", true],
  ["debian:13", "dash", false],
  ["debian", "dash", false],
  ["ubuntu:24.04", "dash", true],
  ["ubuntu:22.04@sha256:00", "dash", true],
  ["ubuntu:24.10", "dash", false],
  ["ubuntu:noble-20250101", "dash", true],
  ["python:3.8", "dash", true],
  ["python:3.8.19-slim", "dash", true],
  ["python:3.12", "dash", false],
  ["python:3", "dash", false],
  ["python:3.12-slim-bookworm", "dash", true],
  ["node:18", "dash", true],
  ["node:22-bullseye-slim", "dash", true],
  ["mongo:7.0.14", "dash", true],
  ["bitnami/postgresql:16.3.0-debian-12-r10", "dash", true],
  ["bitnami/postgresql:16.3.0-debian-13-r1", undefined, undefined],
  ["amazon/aws-cli:2.17.0", "bash", false],
  ["registry.access.redhat.com/ubi9/ubi-minimal:9.4", "bash", false],
  ["mysql:8", undefined, undefined],
  ["ghcr.io/acme/python-app:1.2", undefined, undefined],
  ["", undefined, undefined],
])("in %s sh is %s, without pipefail: %s", (image, sh, withoutPipefail) => {
  const family = imageFamily(image);
  expect([family?.sh, family?.withoutPipefail]).toEqual([sh, withoutPipefail]);
});
