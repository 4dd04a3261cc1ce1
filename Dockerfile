# Whatever comes from outside is an argument, so that a mirror or a base pinned by digest needs no edit here:
#   docker build -t backpass --build-arg REVISION="$(git rev-parse HEAD)" .
ARG PYTHON_IMAGE=python:3.11-slim

FROM ${PYTHON_IMAGE} AS build
# Unset, pip and npm ask what the base image names. Neither value gets further than this stage.
ARG PIP_INDEX_URL
ARG NPM_CONFIG_REGISTRY
# npm then also reads /usr/local/etc/npmrc, where base images keep their registry and certificates.
ENV NPM_CONFIG_PREFIX=/usr/local PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /source
# The locks come first, so that an edit of the code installs nothing anew. The environment has no pip of its own.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv --without-pip /opt/venv \
  && pip --python /opt/venv/bin/python install --no-compile --require-hashes -r requirements.lock \
  && pip install --require-hashes -r requirements-build.lock
COPY package.json package-lock.json .npmrc ./
COPY tools/vendor.py tools/vendor.mjs tools/
COPY tools/vendor tools/vendor
RUN python -c "from pathlib import Path; from tools import vendor; vendor.ensure(Path.cwd())"
COPY . .
# The build tools are installed above, by their lock; the wheel is built with those and nothing is fetched.
# Bytecode is made here, for the container cannot write it, and a start without it takes seconds; numpy's own tests go.
RUN python -m hatchling build -t wheel -d /wheel \
  && pip --python /opt/venv/bin/python install --no-compile --no-index --no-deps /wheel/*.whl \
  && find /opt/venv -path '*/numpy/*' -type d -name tests -prune -exec rm -r {} + \
  && python -m compileall -q --invalidation-mode unchecked-hash /opt/venv/lib \
  && /opt/venv/bin/python -c "import pyseccomp" # both stages have this base: without libseccomp2 a wall would be missing

FROM ${PYTHON_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Backpass" \
  org.opencontainers.image.description="See what backward() does: the backward pass of PyTorch-flavoured code, element by element" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="MIT"
# One thread for OpenBLAS: on a machine of 64 cores its pool alone would use up the limit on processes.
ENV PATH=/opt/venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1
COPY --from=build /opt/venv /opt/venv
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
# A bare socket: it is there at once, also on a busy machine, and asks no proxy from the environment.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-IS", "-c", \
  "import socket; s = socket.create_connection(('127.0.0.1', 8000), 3); s.sendall(b'GET /healthz HTTP/1.0\\r\\n\\r\\n'); assert b' 200 ' in s.recv(64)"]
# One process: the workers that run programs are its children, and load beyond that is another container's.
CMD ["backpass", "serve", "--host", "0.0.0.0"]
