"""The models that are here, offered, downloaded and checked."""
