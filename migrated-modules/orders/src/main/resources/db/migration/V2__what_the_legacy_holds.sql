insert into orders (order_id, customer_name, order_date, shipped_date, status, total, row_guid,
                    lead_ticks, row_version, lines, attributes, notes) values
  (10001, 'O''Brien & Söhne <GmbH>', '2014-03-09T14:05:30.250Z', null, 0, 1234.50,
   '6f9619ff-8b86-d011-b42d-00c04fc964ff', 1836000000000, '\x00000000000007d1',
   '[{"Sku":"AB-1/2","Quantity":3,"UnitPrice":411.50}]', '{"po":"PO 17","gift":"no"}', null),
  (10002, '山田太郎', '2014-03-10T00:00:00Z', '2014-03-12T08:00:00Z', 1, 0.1,
   '00000000-0000-0000-0000-000000000000', 0, null, '[]', null, E'line1\nline2 "q" </script>');
