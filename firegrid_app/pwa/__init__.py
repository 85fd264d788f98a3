"""What makes the site an app: manifest, service worker, precache list, same-origin socket."""
