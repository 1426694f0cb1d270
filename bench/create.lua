-- For wrk: posts a body in which {n} is another number each time; its arguments are the type of the body and the body.
local threads = 0

function setup(thread)
    thread:set("number", threads * 1000000000)
    threads = threads + 1
end

function init(args)
    wrk.method = "POST"
    wrk.headers["Content-Type"] = args[1]
    body = args[2]
    began = os.time() % 100000
end

function request()
    number = number + 1
    return wrk.format(nil, nil, nil, (body:gsub("{n}", string.format("%d-%d", began, number))))
end
