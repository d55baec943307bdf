#!/usr/bin/env bash
# usage: fuzz_with_jazzer.sh SECONDS
# Lets Jazzer, a fuzzer that measures which branches an input takes, look for files that the readers of weights do not survive. It begins
# with the files of this folder. What it finds is in runtime/target/jazzer: a file crash-* is a fault. Jazzer is not a dependency of the
# tests, because its agent would change the classes of all tests in its JVM.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../../../../.." && pwd)
version=0.24.0
work=$root/runtime/target/jazzer
mvn -B -q -f "$root/pom.xml" -pl runtime -am test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test
for artifact in jazzer jazzer-api; do
  mvn -B -q -f "$root/bom/pom.xml" dependency:copy -Dartifact=com.code-intelligence:$artifact:$version -DoutputDirectory="$work"
done
mkdir -p "$work/files"
cp "$here"/*.pt "$here"/*.safetensors "$work/files"
(cd "$work/files" && jar xf "$here/found_by_jazzer.zip")
cd "$work"
java -Xmx700m -cp "jazzer-$version.jar:jazzer-api-$version.jar:$root/runtime/target/test-classes:$root/runtime/target/classes:$root/annotations/target/classes:$(<"$root/runtime/target/fuzz.classpath")" \
  com.code_intelligence.jazzer.Jazzer --target_class=dev.rondo.checkpoint.FuzzTarget \
  --instrumentation_includes='dev.rondo.checkpoint.**:com.fasterxml.jackson.core.**' \
  -max_total_time="$1" -max_len=8192 -rss_limit_mb=3000 files 2>&1 | grep -v '^INFO: \(Instrumented\|Loaded\)'
