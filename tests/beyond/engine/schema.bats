#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
#
# config.json, held against the JSON schema of the runtime-spec.

CONFIG=$BATS_TEST_DIRNAME/config.json

# is_valid FILE: or it is said what is wrong. (Where Debian's Python has its modules.)
is_valid() {
	/usr/bin/python3 -W ignore -m jsonschema -i "$1" --base-uri "file://$SCHEMA/" \
		"$SCHEMA/config-schema.json"
}

setup() {
	/usr/bin/python3 -c 'import jsonschema' 2>/dev/null ||
		skip "needs Python's jsonschema (package python3-jsonschema)"
	SCHEMA=$("$BATS_TEST_DIRNAME/schema" 2>"$BATS_TEST_TMPDIR/errors") ||
		skip "$(tail -n 1 "$BATS_TEST_TMPDIR/errors")"
}

@test "schema: config.json is valid" {
	is_valid "$CONFIG"
}

# refused SED WORD: what sed makes of config.json is not valid, by reason of WORD.
refused() {
	local file=$BATS_TEST_TMPDIR/config.json
	sed "$1" "$CONFIG" >"$file"
	! cmp -s "$file" "$CONFIG" || { echo "changes nothing: $1"; return 1; }
	/usr/bin/python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$file" || return 1
	if is_valid "$file" >"$BATS_TEST_TMPDIR/said" 2>&1; then
		echo "taken: $1"
		return 1
	fi
	grep -F -- "$2" "$BATS_TEST_TMPDIR/said"
}

@test "schema: what is wrong in it is refused" {
	refused '/"ociVersion"/d' ociVersion
	refused 's/"hostname": .*/"hostname": 7,/' "7 is not of type 'string'"
	refused 's/"uid": 0/"uid": "root"/' "'root' is not of type 'integer'"
	refused 's/"CAP_CHOWN"/7/' "7 is not of type 'string'"
	refused 's/"noNewPrivileges": true/"noNewPrivileges": 1/' "1 is not of type 'boolean'"
	refused 's/"destination": "\/proc", //' "'destination' is a required property"
	refused 's/"type": "user"/"type": "users"/' users
	refused 's/"hostID": 2100000000/"hostID": -1/' '-1 is less than the minimum of 0'
	refused 's/"limit": 536870912/"limit": "512M"/' "'512M' is not of type 'integer'"
	refused 's/SCMP_ACT_ALLOW/SCMP_ACT_PERHAPS/' SCMP_ACT_PERHAPS
	refused 's/SCMP_CMP_MASKED_EQ/=/' "'=' is not one of"
}
