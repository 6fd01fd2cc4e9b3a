# SPDX-License-Identifier: MIT
#
# A picture for a light page becomes the one for a dark page: each colour, and what takes
# its place. make pictures; tests/beyond/bench/draw

# the page, text, quieter text, lines
s/#ffffff/#0d1117/gi
s/#1f2328/#f0f6fc/g
s/#59636e/#9198a1/g
s/#818b98/#656c76/g

# the host's, the container's, what both share, others: inside and edge
s/#ddf4ff/#051d4d/g
s/#0969da/#4493f8/g
s/#fff1e5/#3d1300/g
s/#bc4c00/#f0883e/g
s/#dafbe1/#04260f/g
s/#1a7f37/#3fb950/g
s/#f6f8fa/#212830/g

# the fields of a message: length, type
s/#d8c2fb/#512a97/g
s/#f7d98b/#693e00/g

# gnuplot's way to write them
s/rgb( *31, *35, *40)/rgb(240, 246, 252)/g
s/rgb( *9, *105, *218)/rgb(68, 147, 248)/g
s/rgb( *168, *209, *255)/rgb(31, 77, 128)/g
s/'black'/'#f0f6fc'/g
s/"black"/"#f0f6fc"/g
