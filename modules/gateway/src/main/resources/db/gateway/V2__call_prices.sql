-- What a tool call costs, in millionths of a US dollar; capabilities may limit what is spent.
alter table gateway.mcp_server
  add column call_price_micro_usd bigint not null default 0 check (call_price_micro_usd between 0 and 1000000000000);
