export async function POST(request) {
  return Response.json(await request.json(), { status: 201 })
}

export async function PUT(request) {
  const body = await request.arrayBuffer()
  return new Response(body, { headers: { 'content-type': 'image/png' } })
}

export function GET(request) {
  const headers = new Headers()
  headers.append('set-cookie', 'a=1; Path=/')
  headers.append('set-cookie', 'b=2; HttpOnly')
  return Response.json({ city: request.nextUrl.searchParams.get('city') }, { headers })
}
