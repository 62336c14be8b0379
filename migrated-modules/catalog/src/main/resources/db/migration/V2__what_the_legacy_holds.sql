insert into products (sku, position, quantity, unit_price) values
  ('AB-1', 1, 5, 9.90),
  ('CD-2', 2, 0, 100);

insert into orders (order_id, customer_name, order_date, order_date_kind, shipped_date, shipped_date_kind,
                    status, total, row_guid, lead_ticks, row_version, notes) values
  (10001, 'O''Brien & Söhne <GmbH>', '2014-03-09T14:05:30.250Z', 'Utc', null, null,
   0, 1234.50, '6f9619ff-8b86-d011-b42d-00c04fc964ff', 1836000000000, '\x00000000000007d1', null),
  (10002, '山田太郎', '2014-03-10T00:00:00Z', 'Unspecified', '2014-03-12T08:00:00Z', 'Local',
   1, 0.1, '00000000-0000-0000-0000-000000000000', 0, null, E'line1\nline2 "q" </script>');

insert into order_lines (order_id, position, sku, quantity, unit_price) values
  (10001, 1, 'AB-1/2', 3, 411.50);

insert into order_attributes (order_id, position, name, value) values
  (10001, 1, 'po', 'PO 17'),
  (10001, 2, 'gift', 'no');
