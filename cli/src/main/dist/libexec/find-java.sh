# Sets `java_home`, `version` (17) and `full_version` (17.0.15) to those of a Java that Spark runs on, or ends with the
# reason. Sourced, with `needs` set to the program the Java must have: java, or javac for a build.

oldest=17
newest=25

full_java_version() { # HOME -> as 17.0.15, or nothing
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9._+]*\).*/\1/p' "$1/release"
  elif [ -x "$1/bin/java" ]; then
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9._+]*\).*/\1/p'
  fi
}

home_on_path() { # PROGRAM -> the Java home it stands in
  program=$(command -v "$1" 2>/dev/null) || return 0
  while [ -L "$program" ]; do
    target=$(readlink "$program")
    case $target in
      /*) program=$target ;;
      *) program=$(dirname "$program")/$target ;;
    esac
  done
  dirname "$(dirname "$program")"
}

serves() { # HOME PROGRAM -> whether it is new enough, old enough and has the program
  full_version=$(full_java_version "$1")
  version=${full_version%%[._+]*}
  [ -n "$version" ] || return 1
  [ -x "$1/bin/$2" ] || { seen="$seen  $1: Java $version without $2
"; return 1; }
  [ "$version" -ge "$oldest" ] && [ "$version" -le "$newest" ] && return 0
  seen="$seen  $1: Java $version
"
  return 1
}

seen=
java_home=
if [ -n "${QUESTLINE_JAVA_HOME:-}" ]; then
  if serves "$QUESTLINE_JAVA_HOME" "$needs"; then
    java_home=$QUESTLINE_JAVA_HOME
  else
    printf 'questline: QUESTLINE_JAVA_HOME is %s, which does not serve; it takes Java %s to %s, with %s\n' \
      "$QUESTLINE_JAVA_HOME" $oldest $newest "$needs" >&2
    exit 1
  fi
else
  for candidate in "${JAVA_HOME:-}" "$(home_on_path "$needs")" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && serves "$candidate" "$needs"; then
      java_home=$candidate
      break
    fi
  done
fi
if [ -z "$java_home" ]; then
  printf 'questline: no suitable Java: Spark runs on Java %s to %s, and %s is needed. Found:\n%s' \
    $oldest $newest "$needs" "${seen:-  none
}" >&2
  printf 'Install one, or name it by QUESTLINE_JAVA_HOME.\n' >&2
  exit 1
fi
