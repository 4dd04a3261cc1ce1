# The minor version of Python is the one that the tests run on; a release pins a digest with --build-arg.
ARG PYTHON_IMAGE=python:3.11-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /source
COPY . .
# npm then reads /usr/local/etc/npmrc, where base images keep their registry and certificates.
ENV NPM_CONFIG_PREFIX=/usr/local
# The build hook brings its own Node and bundles the front-end code; neither reaches the second stage.
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir ".[server]"

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=build /opt/venv /opt/venv
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# One process: the worker that runs programs is its child, and load beyond that is another container's.
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "10"]
