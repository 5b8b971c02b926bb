-- The MCP servers that the gateway forwards to. The credential itself is kept by the secrets module.
create table gateway.mcp_server (
  name              text primary key,
  url               text not null,
  credential_secret text,
  registered_at     timestamptz not null
);

grant usage on schema gateway to talos_app;
grant select, insert on gateway.mcp_server to talos_app;
