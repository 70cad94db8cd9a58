# lanegrad in a container: Debian 12 and the two commands of the README, as continuous integration runs them.
#
#     docker build -t lanegrad . && docker run --rm -v "$PWD/results:/lanegrad/results" lanegrad --quick
#
# For a cluster, as one file: docker save lanegrad -o lanegrad.tar && apptainer build lanegrad.sif docker-archive://lanegrad.tar
# SPDX-License-Identifier: Apache-2.0
FROM debian:12
COPY . /lanegrad
WORKDIR /lanegrad
RUN scripts/test
RUN scripts/quickstart --quick
ENTRYPOINT ["build/release/bin/compare"]
