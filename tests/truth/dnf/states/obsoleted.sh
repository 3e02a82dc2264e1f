# Another package takes the place of an installed one (Obsoletes).
package sora 1.0
package yuki 1.0 'Obsoletes: sora\nProvides: sora'
installed sora-1.0
repository baseos yuki-1.0
fetch
