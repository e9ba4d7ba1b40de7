"""The author's tool that makes the demo shop's clips and pictures; the app never imports it."""
