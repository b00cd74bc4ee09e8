export const method = `## Method

- The timed unit is what Lambda does: \`JSON.parse\` of the event's text, the handler,
  \`JSON.stringify\` of its document. The event loop turns after every eighth invocation, so what a
  contestant puts off until after its answer is part of its time. "Handler alone" leaves out parsing,
  serializing and the turns.
- Wall time is the clock's; CPU time is that of the whole process, compiler and garbage collector
  included. On a quiet machine the two differ little; where they do not, believe the CPU time.
- Every contestant is configured as its own documentation says, with the binary content types it asks
  for. Its document goes through the local load balancer before and after it is timed, and what comes
  out must be the status, the header lines and the body bytes the scenario asks for. If it is not,
  there is a reason in place of a time.
- A process measures one scenario for one contestant, first in single-value, then in multi-value mode:
  a hundred invocations, a warm-up until the code is compiled (60,000 invocations, or 2 seconds of
  CPU time where they take longer), then slices of 25 milliseconds. Only one process works at a time,
  and the processes of all contestants take turns: after each slice comes that of the next. Each round
  begins with new processes. A time in a table is the median over the slices of all rounds, the spread
  is their least and most; a ratio is the median of the ratios of slices of the same turn, so that a
  slow moment of the machine, which may last a minute, slows both its sides.
- Koa contestants serve the same apps. Hono and Fastify, with equivalent routes and their own adapters,
  are there for orientation, in single-value mode and fewer rounds.
- Three floors. The constant document parses the event and returns a document made before. The
  plain-object floor is Koa on objects with the least that the scenarios need: no instances of Node's
  classes, no stream beyond \`data\` and \`end\`, no socket, no \`writeHead\`, no \`rawHeaders\`, no
  back-pressure, one cookie, no copy of the event's headers, no check of names and values, no limit, no
  deadline, base64 by content type, and a response that breaks is never noticed. The floor of Node's
  classes constructs a socket, a request and a response, as whatever passes \`instanceof\` must, and
  does nothing else: what is below it, no adapter with Node's own objects can reach.
- A target that spans both modes, or all scenarios, is judged by the worst of them. Copies of a body are
  the bytes allocated beyond the plain-object floor, which hands one Buffer on as it is and copies the
  chunks of a stream once.
- Everything runs from an esbuild bundle in CommonJS, as most functions do. Cold starts use minified
  bundles of the small JSON app, in turn, each in a new process: from the start of the process to the
  first document. "Minus the app" subtracts the bundle of the app alone, or the time of the plain-object
  floor in the same turn. "Cached" is Node's compile cache (\`NODE_COMPILE_CACHE\`), filled by an earlier
  start.
- Allocation is the growth of heap and buffers over invocations between which nothing was collected.
  Peak memory is that of the whole process over 20 invocations.
- Growth answers with ASCII text (\`download\`) and takes binary bodies (\`upload\`); overlapping
  invocations are small JSON GETs of an app that waits for a turn of the event loop, in brackets as a
  multiple of one alone.`
