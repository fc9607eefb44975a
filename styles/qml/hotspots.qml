<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="1">
 <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="0,90,140,30" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="0,60,100,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.6" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="0,90,140,30"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="0,60,100,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.6"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <labeling type="simple">
  <settings>
   <text-style fieldName="to_string(&quot;rank&quot;) || ' ' || &quot;name&quot;" isExpression="1" fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="0,40,70,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
   </text-style>
   <text-format/>
   <placement placement="4" priority="8" centroidInside="1" polygonPlacementFlags="2"/>
   <rendering obstacle="0" obstacleFactor="1" obstacleType="1"/>
  </settings>
 </labeling>
 <aliases>
  <alias field="hotspot_id" index="0" name="Hotspot"/>
  <alias field="name" index="1" name="Name"/>
  <alias field="rank" index="2" name="Rank"/>
  <alias field="incidents" index="3" name="Incidents"/>
  <alias field="share" index="4" name="Share of all incidents (0 to 1)"/>
  <alias field="cumulative_share" index="5" name="Share of this and those above it (0 to 1)"/>
  <alias field="area_m2" index="6" name="Area, m²"/>
  <alias field="cumulative_area_share" index="7" name="Share of the area of this and those above it (0 to 1)"/>
  <alias field="ward_code" index="8" name="Ward"/>
  <alias field="beat_code" index="9" name="Beat"/>
  <alias field="months_hot" index="10" name="Months hot"/>
  <alias field="months" index="11" name="Months"/>
  <alias field="stability" index="12" name="Stability (0 to 1)"/>
  <alias field="peak_window" index="13" name="Busiest four hours"/>
  <alias field="top_type" index="14" name="Most frequent type"/>
  <alias field="previous" index="15" name="Incidents, comparison period"/>
  <alias field="expected" index="16" name="Expected incidents"/>
  <alias field="difference" index="17" name="Difference from expected"/>
  <alias field="change_pct" index="18" name="Change, %"/>
  <alias field="p_value" index="19" name="p of the change"/>
  <alias field="p_fdr" index="20" name="p of the change, among all hotspots"/>
  <alias field="change_class" index="21" name="Change beyond usual variation"/>
  <alias field="change_note" index="22" name="Change in words"/>
  <alias field="valid_from" index="23" name="Adopted"/>
  <alias field="version" index="24" name="Version"/>
  <alias field="also_inside" index="25" name="Counted in another hotspot"/>
  <alias field="per_km2" index="26" name="Incidents per km² in the period"/>
  <alias field="peak_per_km2" index="27" name="Highest density, incidents per km² in the period"/>
  <alias field="repeat_places" index="28" name="Repeat places"/>
  <alias field="repeat_incidents" index="29" name="Incidents at repeat places"/>
  <alias field="repeat_share" index="30" name="Share at repeat places (0 to 1)"/>
 </aliases>
 <mapTip>&lt;b&gt;[% replace("name", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("incidents", 0) %] incidents, rank [% "rank" %]&lt;br&gt;[% format_number("share" * 100, 1) %]% of all</mapTip>
</qgis>
