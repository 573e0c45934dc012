module bercon-conformance-adapter

go 1.19

require github.com/multiplay/go-battleye v0.0.0
